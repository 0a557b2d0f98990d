import type { Page } from '@playwright/test';

/** What came over the network for a page: bytes as they came, compressed. */
export class Traffic {
  readonly #scripts = new Set<string>();
  #all = 0;
  #code = 0;

  static async of(page: Page): Promise<Traffic> {
    const traffic = new Traffic();
    const session = await page.context().newCDPSession(page);
    session.on('Network.responseReceived', ({ requestId, type, response }) => {
      if (type === 'Script' || new URL(response.url).pathname.endsWith('.js'))
        traffic.#scripts.add(requestId);
    });
    session.on('Network.loadingFinished', ({ encodedDataLength }) => {
      traffic.#all += encodedDataLength;
    });
    session.on('Network.dataReceived', ({ requestId, encodedDataLength }) => {
      if (traffic.#scripts.has(requestId)) traffic.#code += encodedDataLength;
    });
    await session.send('Network.enable');
    return traffic;
  }

  /** Headers and all. */
  get bytes(): number {
    return this.#all;
  }

  /** JavaScript alone, without its headers. */
  get codeBytes(): number {
    return this.#code;
  }
}
