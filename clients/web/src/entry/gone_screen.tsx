import type { CloseReason } from '@flux/sdk';
import type { Place } from '../app/place.ts';
import { visitStore } from '../app/visit_store.ts';
import type { Catalogue } from '../language/en.ts';
import { useWords } from '../language/use_words.ts';
import { Doorway } from './doorway.tsx';

interface GoneScreenProps {
  readonly place: Place;
  readonly reason: CloseReason;
}

/** Outside again: why, and the way back. */
export const GoneScreen = ({ place, reason }: GoneScreenProps) => {
  const words = useWords();
  const { title, text } = describe(reason, words);
  const comeBack = (): void => visitStore.setState({ visit: { kind: 'entry', place } });
  return (
    <Doorway world={place.world}>
      <section className="entry-world gone">
        <h1>{title}</h1>
        <p className="description">{text}</p>
        {/* biome-ignore lint/a11y/noAutofocus: the only thing to do here. */}
        <button type="button" className="primary" autoFocus onClick={comeBack}>
          {words.gone.comeBack}
        </button>
      </section>
    </Doorway>
  );
};

const describe = (
  reason: CloseReason,
  { gone, error }: Catalogue,
): { readonly title: string; readonly text: string } => {
  switch (reason.kind) {
    case 'left':
      return { title: gone.left, text: gone.leftText };
    case 'kicked':
      return { title: gone.kicked, text: reason.message };
    case 'elsewhere':
      return { title: gone.elsewhere, text: gone.elsewhereText };
    case 'refused':
      return { title: gone.refused, text: reason.message };
    case 'expired':
      return { title: gone.expired, text: gone.expiredText };
    case 'failed':
      return { title: gone.failed, text: error[reason.error.code].text };
  }
};
