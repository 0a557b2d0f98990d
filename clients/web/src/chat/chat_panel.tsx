import type { FluxClient } from '@flux/sdk';
import type { RefObject } from 'react';
import { useStore } from 'zustand';
import { Icon } from '../hud/icon.tsx';
import { useWords } from '../language/use_words.ts';
import { characterCount, sendDraft, TEXT_CHARACTERS_MAX } from './chat_actions.ts';
import { ChatLog } from './chat_log.tsx';
import { chatStore } from './chat_store.ts';
import { toggleChat } from './toggle_chat.ts';

const SHOW_LEFT_BELOW = 100;

interface ChatPanelProps {
  readonly client: FluxClient;
  readonly input: RefObject<HTMLTextAreaElement | null>;
  readonly isTouch: boolean;
  /** The person is through with speaking. */
  readonly onDone: () => void;
}

/** What was said, and where one says something. */
export const ChatPanel = ({ client, input, isTouch, onDone }: ChatPanelProps) => {
  const { chat: words } = useWords();
  const isOpen = useStore(chatStore, (chat) => chat.isOpen);
  const refusal = useStore(chatStore, (chat) => chat.refusal);
  return (
    <section className="chat-panel glass" aria-label={words.title} data-open={isOpen}>
      <header>
        <ScopeSwitch />
        <button
          type="button"
          className="tool"
          aria-label={words.close}
          onClick={() => {
            toggleChat();
            onDone();
          }}
        >
          <Icon name="close" />
        </button>
      </header>
      <ChatLog isTouch={isTouch} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          sendDraft(client);
        }}
      >
        <ChatInput
          input={input}
          onDone={onDone}
          onSend={() => {
            const wasEmpty = chatStore.getState().draft.trim() === '';
            sendDraft(client);
            if (wasEmpty) onDone();
          }}
        />
        <button type="submit" className="tool send" aria-label={words.send}>
          <Icon name="send" />
        </button>
      </form>
      <p className="refusal" role="alert">
        {refusal}
      </p>
    </section>
  );
};

const ScopeSwitch = () => {
  const { chat: words } = useWords();
  const scope = useStore(chatStore, (chat) => chat.scope);
  return (
    <fieldset className="choices">
      <legend className="hidden">{words.scope}</legend>
      {(['near', 'all'] as const).map((choice) => (
        <button
          key={choice}
          type="button"
          aria-pressed={choice === scope}
          title={choice === 'near' ? words.nearHint : words.allHint}
          onClick={() => chatStore.setState({ scope: choice })}
        >
          {words[choice]}
        </button>
      ))}
    </fieldset>
  );
};

interface ChatInputProps {
  readonly input: RefObject<HTMLTextAreaElement | null>;
  readonly onDone: () => void;
  readonly onSend: () => void;
}

const ChatInput = ({ input, onDone, onSend }: ChatInputProps) => {
  const { chat: words } = useWords();
  const draft = useStore(chatStore, (chat) => chat.draft);
  const left = TEXT_CHARACTERS_MAX - characterCount(draft.trim());
  return (
    <div className="chat-input">
      <textarea
        ref={input}
        rows={1}
        value={draft}
        aria-label={words.input}
        placeholder={words.placeholder}
        enterKeyHint="send"
        aria-invalid={left < 0}
        onChange={({ target }) => chatStore.setState({ draft: target.value, refusal: '' })}
        onKeyDown={(event) => {
          // A Korean syllable in the making takes Enter for itself.
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Enter' && !event.shiftKey) {
            event.preventDefault();
            onSend();
          } else if (event.key === 'Escape') onDone();
        }}
      />
      <span className={left < 0 ? 'left problem' : 'left'} aria-live="polite">
        {left < SHOW_LEFT_BELOW ? words.left(left) : ''}
      </span>
    </div>
  );
};
