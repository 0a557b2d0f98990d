# The client that was written from docs/protocol.md alone, against a real server.
. "$(dirname "$0")/../step.sh"

bash scripts/packages.sh test
bash scripts/build.sh
export FLUX_BINARY=$ROOT/build/flux PYTHONDONTWRITEBYTECODE=1
status=0
python3 tests/stranger/run.py >build/report/stranger.tap 2>build/log/stranger.log </dev/null || status=$?
python3 scripts/count.py tap stranger "$status" build/report/stranger.tap build/log/stranger.log
