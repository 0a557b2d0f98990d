// The result as one SVG: four rows of bars.
const WIDTH = 960;
const PANEL_HEIGHT = 230;
const BAR_HEIGHT = 22;
const GAP = 8;
const LABEL_WIDTH = 110;
const PANEL_WIDTH = WIDTH / 2;
const HEAD = 74;

const panels = [
  ['People borne at 20 Hz, p99 within 100 ms (more is better)', 'people_borne', 0],
  ['Server processor time a frame, µs (less is better)', 'cpu_us_per_frame', 1],
  ['Bytes sent to each a second', 'bytes_per_person_s', 0],
  ['Server memory a person, kB (kernel included; less is better)', 'kb_per_person', 1],
];

const escapeText = (text) => String(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const bar = (row, key, digits, most, y) => {
  const value = row[key];
  const width = value === null ? 0 : ((PANEL_WIDTH - LABEL_WIDTH - 90) * value) / most;
  const colour = row.system === 'flux' ? '#e2603f' : row.system === 'bare' ? '#8a94a6' : '#5b7fb9';
  const said = value === null ? (row.absent ? 'not installable here' : 'none held') : value.toFixed(digits);
  return (
    `<text x="${LABEL_WIDTH - 8}" y="${y + 15}" text-anchor="end">${escapeText(row.system)}</text>` +
    `<rect x="${LABEL_WIDTH}" y="${y}" width="${width.toFixed(1)}" height="${BAR_HEIGHT}" rx="3" fill="${colour}"/>` +
    `<text x="${(LABEL_WIDTH + width + 6).toFixed(1)}" y="${y + 15}">${said}</text>`
  );
};

const panel = ([title, key, digits], rows, index) => {
  const most = Math.max(1e-9, ...rows.map((row) => row[key] ?? 0));
  const x = (index % 2) * PANEL_WIDTH;
  const y = HEAD + Math.floor(index / 2) * PANEL_HEIGHT;
  const bars = rows.map((row, i) => bar(row, key, digits, most, 26 + i * (BAR_HEIGHT + GAP)));
  return `<g transform="translate(${x} ${y})"><text x="12" y="12" font-weight="600">${escapeText(title)}</text>${bars.join('')}</g>`;
};

export const plot = ({ machine, commit, rows }) => {
  const height = HEAD + 2 * PANEL_HEIGHT + 10;
  const about = `${machine.cpu}, ${machine.cores} cores shared with the load; commit ${commit}; 40 % walk, all within 60 by 60 m`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" ` +
    `font-family="Inter, Helvetica, Arial, sans-serif" font-size="13" fill="#1e2530">` +
    `<rect width="100%" height="100%" fill="#fff"/>` +
    `<text x="12" y="28" font-size="19" font-weight="700">One room, one server: how many people at 20 Hz</text>` +
    `<text x="12" y="50" fill="#5a6475">${escapeText(about)}</text>` +
    `${panels.map((each, index) => panel(each, rows, index)).join('')}</svg>\n`
  );
};
