// What a server and the kernel hold, from /proc, while people are there.
import { readFileSync } from 'node:fs';

const SAMPLE_MS = 250;
const PAGE_KB = 4;

const numberAfter = (text, pattern) => Number(pattern.exec(text)?.[1] ?? Number.NaN);

const readKb = (pid) => ({
  user: numberAfter(readFileSync(`/proc/${pid}/status`, 'utf8'), /^VmRSS:\s*(\d+)/m),
  // Both ends of every connection are on this machine: a server's share is half.
  kernel:
    (numberAfter(readFileSync('/proc/net/sockstat', 'utf8'), /^TCP:.* mem (\d+)/m) * PAGE_KB +
      numberAfter(readFileSync('/proc/meminfo', 'utf8'), /^Slab:\s*(\d+)/m)) /
    2,
});

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

// Begins before anyone is there; end(people) gives kB a person: the most of the process, and the median of the kernel
// over the last third.
export const watchMemory = (pid) => {
  const before = readKb(pid);
  const samples = [];
  const timer = setInterval(() => {
    try {
      samples.push(readKb(pid));
    } catch {
      clearInterval(timer); // the server is gone; the load says so
    }
  }, SAMPLE_MS);
  return (people) => {
    clearInterval(timer);
    if (samples.length === 0) return { userKb: null, kernelKb: null };
    const user = Math.max(...samples.map((sample) => sample.user)) - before.user;
    const late = samples.slice(Math.floor((samples.length * 2) / 3));
    const kernel = median(late.map((sample) => sample.kernel)) - before.kernel;
    return { userKb: Math.max(0, user) / people, kernelKb: Math.max(0, kernel) / people };
  };
};
