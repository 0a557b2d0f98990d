import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { useWords } from '../language/use_words.ts';
import { settingsStore } from '../settings/settings_store.ts';
import { type ChatLine, chatStore } from './chat_store.ts';
import { nameTint } from './name_tint.ts';
import { splitLinks } from './split_links.ts';

const NEAR_END = 40; // pixels: who has scrolled further up is reading

/** The messages, read out as they come. Follows the newest unless one has scrolled up. */
export const ChatLog = ({ isTouch }: { readonly isTouch: boolean }) => {
  const { chat: words } = useWords();
  const lines = useStore(chatStore, (chat) => chat.lines);
  const isOpen = useStore(chatStore, (chat) => chat.isOpen);
  const list = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  const [isBehind, setBehind] = useState(false);
  const toNewest = (): void => list.current?.scrollTo({ top: list.current.scrollHeight });

  // biome-ignore lint/correctness/useExhaustiveDependencies: at every new line, and when it opens.
  useEffect(() => {
    if (follows.current) toNewest();
    else setBehind(true);
  }, [lines, isOpen]);

  return (
    <div className="chat-lines">
      <div
        ref={list}
        className="chat-log"
        role="log"
        aria-label={words.log}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
          follows.current = scrollHeight - scrollTop - clientHeight < NEAR_END;
          if (follows.current) setBehind(false);
        }}
      >
        {lines.length === 0 && (
          <div className="chat-empty">
            <strong>{words.empty}</strong>
            <p>{isTouch ? words.emptyTouch : words.emptyHint}</p>
          </div>
        )}
        {lines.map((line) => (
          <ChatLineView key={line.key} line={line} />
        ))}
      </div>
      {isBehind && (
        <button type="button" className="chat-newest" onClick={toNewest}>
          {words.toNewest}
        </button>
      )}
    </div>
  );
};

const ChatLineView = ({ line }: { readonly line: ChatLine }) => {
  const { chat: words } = useWords();
  const language = useStore(settingsStore, (settings) => settings.language);
  if (line.kind === 'note') return <p className="chat-note">{line.text}</p>;
  const time = new Date(line.at);
  return (
    <p className={line.own ? 'chat-line own' : 'chat-line'}>
      <b data-tint={nameTint(line.name)}>{line.name}</b>{' '}
      {line.scope === 'all' && <span className="scope">{words.all}</span>}{' '}
      <Message text={line.text} />{' '}
      <time dateTime={time.toISOString()}>
        {time.toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit' })}
      </time>
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
