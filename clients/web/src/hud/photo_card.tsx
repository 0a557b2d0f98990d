import { useEffect, useRef, useState } from 'react';
import { useWords } from '../language/use_words.ts';
import { Icon } from './icon.tsx';
import { photoFile } from './photo_file.ts';
import { toast } from './toast_store.ts';

interface PhotoCardProps {
  readonly picture: Blob;
  readonly world: string;
  readonly onAgain: () => void;
}

/** The picture one took, to be saved, shared or copied. What this browser cannot do is not offered. */
export const PhotoCard = ({ picture, world, onAgain }: PhotoCardProps) => {
  const { photo: words } = useWords();
  const card = useRef<HTMLElement>(null);
  const url = useObjectUrl(picture);
  const [takenAt] = useState(() => new Date());
  const file = photoFile(picture, words.file, world, takenAt);
  const canShare = navigator.canShare?.({ files: [file] }) ?? false;
  const canCopy = typeof ClipboardItem !== 'undefined';

  useEffect(() => card.current?.focus(), []);

  const share = async (): Promise<void> => {
    try {
      await navigator.share({ files: [file] });
    } catch (cause) {
      // Who thinks better of it has shared nothing, and knows.
      if (!(cause instanceof DOMException && cause.name === 'AbortError')) toast(words.notShared);
    }
  };
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.write([new ClipboardItem({ [picture.type]: picture })]);
      toast(words.copied);
    } catch {
      toast(words.notCopied);
    }
  };

  return (
    <section ref={card} className="photo-card glass" aria-label={words.taken} tabIndex={-1}>
      {url && <img src={url} alt={words.taken} />}
      <div className="actions">
        <a className="button chosen" href={url ?? ''} download={file.name}>
          <Icon name="save" />
          {words.save}
        </a>
        {canShare && (
          <button type="button" onClick={() => void share()}>
            <Icon name="share" />
            {words.share}
          </button>
        )}
        {canCopy && (
          <button type="button" onClick={() => void copy()}>
            <Icon name="copy" />
            {words.copy}
          </button>
        )}
        <button type="button" onClick={onAgain}>
          <Icon name="photo" />
          {words.another}
        </button>
      </div>
    </section>
  );
};

const useObjectUrl = (blob: Blob): string | null => {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(blob);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return url;
};
