/** The ring with the three-armed spiral. Words stand beside it, so it says nothing by itself. */
export const Emblem = () => (
  <img className="emblem" src="/favicon.svg" alt="" width="40" height="40" />
);
