import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { useWords } from '../language/use_words.ts';
import { settingsStore } from '../settings/settings_store.ts';
import { type ChatLine, chatStore } from './chat_store.ts';
import { splitLinks } from './split_links.ts';

const NEAR_END = 40; // pixels: who has scrolled further up is reading

/** The messages, read out as they come. Follows the newest unless one has scrolled up. */
export const ChatLog = () => {
  const { chat: words } = useWords();
  const lines = useStore(chatStore, (chat) => chat.lines);
  const isOpen = useStore(chatStore, (chat) => chat.isOpen);
  const list = useRef<HTMLDivElement>(null);
  const follows = useRef(true);

  // biome-ignore lint/correctness/useExhaustiveDependencies: at every new line, and when it opens.
  useEffect(() => {
    if (follows.current) list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [lines, isOpen]);

  return (
    <div
      ref={list}
      className="chat-log"
      role="log"
      aria-label={words.log}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
      tabIndex={0}
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        follows.current = scrollHeight - scrollTop - clientHeight < NEAR_END;
      }}
    >
      {lines.length === 0 && <p className="chat-note">{words.empty}</p>}
      {lines.map((line) => (
        <Line key={line.key} line={line} />
      ))}
    </div>
  );
};

const Line = ({ line }: { readonly line: ChatLine }) => {
  const { chat: words } = useWords();
  const language = useStore(settingsStore, (settings) => settings.language);
  if (line.kind === 'note') return <p className="chat-note">{line.text}</p>;
  const time = new Date(line.at);
  return (
    <p className={line.own ? 'chat-line own' : 'chat-line'}>
      <time dateTime={time.toISOString()}>
        {time.toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit' })}
      </time>{' '}
      {line.scope === 'all' && <span className="scope">{words.all}</span>} <b>{line.name}</b>{' '}
      <Message text={line.text} />
    </p>
  );
};

const Message = ({ text }: { readonly text: string }) => (
  <span className="message">
    {splitLinks(text).map((part, index) =>
      part.kind === 'text' ? (
        part.text
      ) : (
        <a
          // biome-ignore lint/suspicious/noArrayIndexKey: a message never changes.
          key={index}
          href={part.href}
          target="_blank"
          rel="noopener noreferrer nofollow"
        >
          {part.text}
        </a>
      ),
    )}
  </span>
);
