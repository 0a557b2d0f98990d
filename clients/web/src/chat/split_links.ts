export type TextPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string };

const LINK = /https?:\/\/[^\s<>"'`]+/giu;
const TRAILING = /[.,;:!?)\]}'"…。、！？）」]+$/u;

/** Cuts a message into text and links. Only http and https; what closes a sentence is not the link's. */
export const splitLinks = (message: string): readonly TextPart[] => {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of message.matchAll(LINK)) {
    const text = match[0].replace(TRAILING, '');
    const href = linkTarget(text);
    if (!href) continue;
    if (match.index > end) parts.push({ kind: 'text', text: message.slice(end, match.index) });
    parts.push({ kind: 'link', text, href });
    end = match.index + text.length;
  }
  if (end < message.length) parts.push({ kind: 'text', text: message.slice(end) });
  return parts;
};

const linkTarget = (text: string): string | null => {
  if (!URL.canParse(text)) return null;
  const { protocol, href, username, password } = new URL(text);
  // A name before the host makes one site look like another.
  if (username !== '' || password !== '') return null;
  return protocol === 'http:' || protocol === 'https:' ? href : null;
};
