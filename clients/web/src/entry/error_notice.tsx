import type { FluxError } from '@flux/sdk';
import { useEffect, useState } from 'react';
import { Icon } from '../hud/icon.tsx';
import { useWords } from '../language/use_words.ts';

interface ErrorNoticeProps {
  readonly error: FluxError;
  readonly onRetry?: () => void;
  /** Where else one could go. */
  readonly onHome?: () => void;
}

/** What went wrong, what it means, and what one can do about it. */
export const ErrorNotice = ({ error, onRetry, onHome }: ErrorNoticeProps) => {
  const words = useWords();
  const seconds = useSecondsLeft(error);
  const isOffline = error.code === 'UNREACHABLE' && !navigator.onLine;
  const { title, text } = isOffline ? words.error.offline : words.error[error.code];
  return (
    <div className="notice" role="alert">
      <strong>
        <Icon name="away" />
        {title}
      </strong>
      <p>{text}</p>
      {seconds > 0 && <p>{words.error.waitSeconds(seconds)}</p>}
      {error.code === 'INVALID' && <p lang="en">{error.message}</p>}
      {onRetry && (
        <button type="button" className="quiet" disabled={seconds > 0} onClick={onRetry}>
          <Icon name="again" />
          {words.entry.retry}
        </button>
      )}
      {onHome && (
        <button type="button" className="quiet" onClick={onHome}>
          {words.entry.goPlaza}
        </button>
      )}
    </div>
  );
};

const useSecondsLeft = (error: FluxError): number => {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const endMs = performance.now() + (error.retryAfterMs ?? 0);
    const update = (): void =>
      setSeconds(Math.max(0, Math.ceil((endMs - performance.now()) / 1000)));
    update();
    const timer = setInterval(update, 250);
    return () => clearInterval(timer);
  }, [error]);
  return seconds;
};
