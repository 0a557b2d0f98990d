import type { ReactNode } from 'react';
import { LanguageSwitch } from '../language/language_switch.tsx';
import { useWords } from '../language/use_words.ts';
import { Emblem } from './emblem.tsx';
import { WorldBackdrop } from './world_backdrop.tsx';

interface DoorwayProps {
  readonly world: string | undefined;
  readonly children: ReactNode;
}

/** What all screens outside of a world have in common: its picture, our name, the language. */
export const Doorway = ({ world, children }: DoorwayProps) => {
  const words = useWords();
  return (
    <main className="entry">
      <WorldBackdrop key={world} world={world} />
      <header className="entry-top">
        <Emblem />
        <strong>{words.appName}</strong>
        <LanguageSwitch />
      </header>
      {children}
    </main>
  );
};
