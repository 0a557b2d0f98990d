/** The part of a WebSocket that the client needs. */
export interface Socket {
  sendText(text: string): void;
  sendBytes(bytes: Uint8Array<ArrayBuffer>): void;
  /** After it, no handler is called any more. */
  close(code: number): void;
}

export interface SocketHandlers {
  readonly opened: () => void;
  readonly text: (text: string) => void;
  readonly bytes: (bytes: ArrayBuffer) => void;
  /** Once, unless close() came first. 1006: nobody said goodbye. */
  readonly closed: (code: number, reason: string) => void;
}

export type OpenSocket = (url: string, protocol: string, handlers: SocketHandlers) => Socket;

export const openWebSocket: OpenSocket = (url, protocol, handlers) => {
  const socket = new WebSocket(url, protocol);
  let mute = false;
  socket.binaryType = 'arraybuffer';
  socket.onopen = () => {
    if (!mute) handlers.opened();
  };
  socket.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (mute) return;
    if (typeof data === 'string') handlers.text(data);
    else if (data instanceof ArrayBuffer) handlers.bytes(data);
  };
  socket.onclose = ({ code, reason }) => {
    if (!mute) handlers.closed(code, reason);
  };
  return {
    sendText: (text) => socket.send(text),
    sendBytes: (bytes) => socket.send(bytes),
    close: (code) => {
      mute = true;
      socket.close(code);
    },
  };
};
