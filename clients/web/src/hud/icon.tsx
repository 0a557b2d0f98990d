// Drawn on a grid of 24, with a stroke of 2.
const PATHS = {
  chat: 'M4 5h16v11H10l-5 4v-4H4z',
  people:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c0-4 3-6 6.5-6s6.5 2 6.5 6M16 4.5a3.5 3.5 0 0 1 0 6.5M18 14.5c2.200.8 3.500 2.500 3.500 5.500',
  emote: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8 14c1 2 2.500 3 4 3s3-1 4-3M9 9v.5M15 9v.5',
  link: 'M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1',
  settings:
    'M4 7h9M17 7h3M4 17h3M11 17h9M15 9.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5zM9 19.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z',
  stats: 'M5 20v-7M12 20V5M19 20v-10',
  help: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM9.500 9.500c0-3 5-3 5 0 0 2-2.500 2-2.500 4M12 17v.1',
  leave: 'M14 4h5v16h-5M4 12h10M8 8l-4 4 4 4',
  close: 'M6 6l12 12M18 6L6 18',
  jump: 'M12 20V5M6 11l6-6 6 6',
  run: 'M5 6l6 6-6 6M13 6l6 6-6 6',
  send: 'M4 12h15M13 6l6 6-6 6',
} as const;

export type IconName = keyof typeof PATHS;

/** Beside or inside something that has words. */
export const Icon = ({ name }: { readonly name: IconName }) => (
  <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
    <path d={PATHS[name]} />
  </svg>
);
