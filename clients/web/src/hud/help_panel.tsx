import { useStore } from 'zustand';
import type { Catalogue } from '../language/en.ts';
import { useWords } from '../language/use_words.ts';
import { buttonName } from '../settings/pad_mapping.ts';
import { settingsStore } from '../settings/settings_store.ts';
import { EMOTE_KEYS } from './emote_keys.ts';
import { PanelFrame } from './panel_frame.tsx';

/** What it does, and the keys that do it: each one by itself, and words where there is no key. */
type Row = readonly [string, readonly string[]];

/** All keys, gestures and buttons. On a touch screen the gestures come first. */
export const HelpPanel = ({ isTouch }: { readonly isTouch: boolean }) => {
  const { help } = useWords();
  const keys = <KeyHelp key="keys" help={help} />;
  const touch = (
    <section key="touch">
      <h3>{help.touch}</h3>
      <ul className="gestures">
        <li>{help.touchMove}</li>
        <li>{help.touchLook}</li>
        <li>{help.touchTap}</li>
      </ul>
    </section>
  );
  return (
    <PanelFrame title={help.title} className="help-panel">
      <div className="help-columns">
        {isTouch ? [touch, keys] : [keys, touch]}
        <PadHelp />
      </div>
    </PanelFrame>
  );
};

const KeyHelp = ({ help }: { readonly help: Catalogue['help'] }) => (
  <>
    <KeyTable
      title={help.moving}
      rows={[
        [help.move, ['W', 'A', 'S', 'D', help.arrows]],
        [help.run, ['Shift']],
        [help.jump, [help.space]],
        [help.look, [help.drag, 'Q', 'E']],
        [help.zoom, [help.wheel]],
        [help.view, ['V']],
        [help.sit, ['X']],
        [help.walkTo, [help.click]],
      ]}
    />
    <KeyTable
      title={help.meeting}
      rows={[
        [help.chat, ['Enter']],
        [help.emotes, [`${EMOTE_KEYS[0]} … ${EMOTE_KEYS.at(-1)}`, 'G']],
        [help.hand, ['H']],
        [help.people, ['P']],
        [help.invite, ['I']],
      ]}
    />
    <KeyTable
      title={help.rest}
      rows={[
        [help.photo, ['C']],
        [help.sound, ['M']],
        [help.settings, ['O']],
        [help.stats, ['F']],
        [help.thisHelp, ['?']],
        [help.close, ['Esc']],
      ]}
    />
  </>
);

const PadHelp = () => {
  const { help, settings } = useWords();
  const pad = useStore(settingsStore, (chosen) => chosen.pad);
  const actions = Object.keys(pad) as readonly (keyof typeof pad)[];
  const buttons = actions
    .filter((action) => pad[action] >= 0)
    .map((action): Row => [settings.padActions[action], [buttonName(pad[action])]]);
  return (
    <KeyTable
      title={help.pad}
      rows={[[help.move, [help.leftStick]], [help.look, [help.rightStick]], ...buttons]}
    />
  );
};

interface KeyTableProps {
  readonly title: string;
  readonly rows: readonly Row[];
}

const KeyTable = ({ title, rows }: KeyTableProps) => (
  <section>
    <h3>{title}</h3>
    <dl className="rows">
      {rows.map(([what, keys]) => (
        <div key={what}>
          <dt>{what}</dt>
          <dd>
            {keys.map((key) => (
              <kbd key={key}>{key}</kbd>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  </section>
);
