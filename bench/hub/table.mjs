// The result as text: a row a system, then what breaks it and what it leaves out.
const columns = [
  ['system', (row) => row.system],
  ['held, p99 < 50', (row) => row.people_held ?? 'absent'],
  ['borne, p99 < 100', (row) => row.people_borne ?? 'absent'],
  ['costs at', (row) => row.costs_at ?? '-'],
  ['us CPU/frame', (row) => row.cpu_us_per_frame?.toFixed(1) ?? '-'],
  ['kB/s each', (row) => (row.bytes_per_person_s === null ? '-' : (row.bytes_per_person_s / 1000).toFixed(1))],
  ['kB RAM each', (row) => row.kb_per_person?.toFixed(1) ?? '-'],
  ['of it kernel', (row) => row.kernel_kb_per_person?.toFixed(1) ?? '-'],
  ['p99 ms', (row) => row.p99_ms?.toFixed(1) ?? '-'],
  ['version', (row) => row.version],
];

// Both at the most people for which both were measured.
const againstBare = (rows) => {
  const steps = (name) => rows.find((row) => row.system === name)?.steps.filter((step) => step.cpu_us_per_frame > 0) ?? [];
  const pairs = steps('flux').flatMap((flux) =>
    steps('bare').filter((bare) => bare.people === flux.people).map((bare) => [flux, bare]),
  );
  const [flux, bare] = pairs.at(-1) ?? [];
  if (!flux) return '';
  const ratio = flux.cpu_us_per_frame / bare.cpu_us_per_frame;
  return (
    `\nAt ${flux.people} people Flux spends ${ratio.toFixed(2)} times the processor time a frame of the bare loop ` +
    `(${flux.cpu_us_per_frame.toFixed(1)} and ${bare.cpu_us_per_frame.toFixed(1)} us).\n`
  );
};

const remarks = (row) => {
  if (row.absent) return `  ${row.system}: NOT INSTALLABLE HERE: ${row.absent}`;
  const broke = row.broke_at
    ? `broke at ${row.broke_at.people} (${row.broke_at.broken})`
    : 'was not raised until it broke';
  return `  ${row.system}: ${broke}. Leaves out: ${row.leaves_out}.`;
};

export const table = ({ machine, commit, rows }) => {
  const cells = rows.map((row) => columns.map(([, read]) => String(read(row))));
  const widths = columns.map(([title], i) => Math.max(title.length, ...cells.map((line) => line[i].length)));
  const lay = (line) =>
    line.map((cell, i) => (i === 0 || i === line.length - 1 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  ');
  return [
    `${machine.cpu}, ${machine.cores} cores, Linux ${machine.kernel}, commit ${commit}`,
    lay(columns.map(([title]) => title)),
    ...cells.map(lay),
    againstBare(rows),
    ...rows.map(remarks),
    '',
  ].join('\n');
};
