import { type Environment, hostEnvironment } from './environment.ts';
import type { FluxClient } from './flux_client.ts';
import { backoffPolicy, type ReconnectPolicy } from './reconnect_policy.ts';
import { createServerApi, type GuestRequest } from './server_api.ts';
import { Session } from './session.ts';
import type { WireModule } from './wire_module.ts';
import { WirePicture } from './wire_picture.ts';

export interface EnterOptions {
  /** 'https://flux.example' */
  readonly origin: string;
  readonly guest: GuestRequest;
  readonly wire: WireModule;
  /** The most people the picture has room for. */
  readonly capacity?: number;
  readonly environment?: Environment;
  readonly reconnect?: ReconnectPolicy;
}

/**
 * Goes into a world: asks for a ticket, connects, and settles when the server has welcomed us.
 * Fails with a FluxError and leaves nothing behind.
 */
export const enter = async (options: EnterOptions): Promise<FluxClient> => {
  const environment = options.environment ?? hostEnvironment;
  const api = createServerApi(options.origin, environment.fetch);
  const wire = await options.wire.instantiate();
  const session = new Session({
    environment,
    policy: options.reconnect ?? backoffPolicy(environment.random),
    wire,
    picture: new WirePicture(wire, options.capacity ?? 16_384),
    socketOrigin: options.origin.replace(/^http/, 'ws'),
    requestTicket: () => api.guest(options.guest),
  });
  await session.start();
  return session;
};
