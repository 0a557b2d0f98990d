import { readPlace } from './place.ts';
import { visitStore } from './visit_store.ts';

/** To the door of the plaza. */
export const goHome = (): void => {
  history.pushState(null, '', '/');
  visitStore.setState({ visit: { kind: 'entry', place: readPlace(new URL(location.href)) } });
};
