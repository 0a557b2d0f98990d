import { useWords } from '../language/use_words.ts';
import { PanelFrame } from './panel_frame.tsx';

/** All keys and gestures. */
export const HelpPanel = () => {
  const words = useWords();
  const { help } = words;
  const rows: readonly (readonly [string, string])[] = [
    [help.move, `W A S D ${help.or} ${help.arrows}`],
    [help.run, 'Shift'],
    [help.jump, help.space],
    [help.look, `${help.drag}, Q, E`],
    [help.zoom, help.wheel],
    [help.chat, 'Enter'],
    [help.emotes, '1 – 9, 0'],
    [help.people, 'P'],
    [help.stats, 'F'],
    [help.settings, 'O'],
    [help.thisHelp, '?'],
    [help.close, 'Esc'],
  ];
  return (
    <PanelFrame title={help.title} className="help-panel">
      <h3>{help.keyboard}</h3>
      <dl className="rows">
        {rows.map(([what, keys]) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd>{keys}</dd>
          </div>
        ))}
      </dl>
      <h3>{help.touch}</h3>
      <ul>
        <li>{help.touchMove}</li>
        <li>{help.touchLook}</li>
      </ul>
    </PanelFrame>
  );
};
