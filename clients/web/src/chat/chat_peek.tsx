import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { chatStore } from './chat_store.ts';
import { nameTint } from './name_tint.ts';

const SHOWN_MS = 9000;
const MOST = 3;

/** While the chat is closed: what was said last, for a moment. */
export const ChatPeek = () => {
  const lines = useStore(chatStore, (chat) => chat.lines);
  const [since, setSince] = useState(() => lines.at(-1)?.key ?? 0);
  const fresh = lines.filter(({ key }) => key > since).slice(-MOST);
  const newest = fresh.at(-1)?.key;
  useEffect(() => {
    if (newest === undefined) return;
    const timer = setTimeout(() => setSince(newest), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [newest]);
  return (
    <div className="chat-peek" aria-live="polite">
      {fresh.map((line) => (
        <p key={line.key} className={line.kind}>
          {line.kind === 'said' && <b data-tint={nameTint(line.name)}>{line.name}</b>} {line.text}
        </p>
      ))}
    </div>
  );
};
