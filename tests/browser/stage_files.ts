import type { APIRequestContext } from '@playwright/test';

/** What the page says lies behind the door: clients/web/build/stage_manifest.ts. */
export async function stageFiles(
  request: APIRequestContext,
  url: string,
): Promise<readonly { readonly url: string; readonly bytes: number }[]> {
  const html = await (await request.get(`${url}/w/plaza`)).text();
  const list = /id="stage">([^<]*)</.exec(html)?.[1] ?? '';
  return JSON.parse(list).files;
}
