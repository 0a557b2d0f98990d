import { useStore } from 'zustand';
import { Emblem } from '../entry/emblem.tsx';
import { useWords } from '../language/use_words.ts';
import { presenceStore } from '../presence/presence_store.ts';

/** Where one is, and among how many. */
export const PlaceChip = ({ name }: { readonly name: string }) => {
  const { people: words } = useWords();
  const people = useStore(presenceStore, (presence) => presence.people);
  return (
    <div className="place-chip glass">
      <Emblem />
      <div>
        <h1>{name}</h1>
        <p className="figures">{words.count(people)}</p>
      </div>
    </div>
  );
};
