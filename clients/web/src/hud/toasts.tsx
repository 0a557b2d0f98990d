import { useStore } from 'zustand';
import { useWords } from '../language/use_words.ts';
import { toastStore } from './toast_store.ts';

export const Toasts = () => {
  const words = useWords();
  const toasts = useStore(toastStore, (state) => state.toasts);
  return (
    <div className="toasts" role="status" aria-label={words.hud.notices}>
      {toasts.map(({ key, text }) => (
        <p key={key} className="glass">
          {text}
        </p>
      ))}
    </div>
  );
};
