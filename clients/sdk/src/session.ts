import type { ClientEvents } from './client_events.ts';
import { type CloseMeaning, closeMeaning } from './close_code.ts';
import type { CloseReason, ConnectionState } from './connection_state.ts';
import type { Counters } from './counters.ts';
import { Emitter } from './emitter.ts';
import type { Environment } from './environment.ts';
import { parseServerEvent } from './event_parser.ts';
import type { FluxClient } from './flux_client.ts';
import { FluxError } from './flux_error.ts';
import { type EntityId, type LookCode, NOBODY } from './ids.ts';
import { Liveness } from './liveness.ts';
import { MovePacer } from './move_pacer.ts';
import type { MoveState } from './move_state.ts';
import { holdForJitter } from './picture_hold.ts';
import { type EmoteName, POSE } from './pose.ts';
import type { Profile } from './profile.ts';
import { ProfileCache } from './profile_cache.ts';
import type { ReconnectPolicy } from './reconnect_policy.ts';
import type { GuestTicket } from './server_api.ts';
import type { ChatScope, CorrectEvent, ServerEvent, WelcomeEvent } from './server_event.ts';
import type { Socket } from './socket.ts';
import { TickClock } from './tick_clock.ts';
import { Traffic } from './traffic.ts';
import type { WireExports } from './wire_module.ts';
import { encodeMove, type WireMove } from './wire_move.ts';
import type { WirePicture } from './wire_picture.ts';

const PROTOCOL = 'flux.v1';
const WELCOME_WAIT_MS = 10_000;
const RESYNC_INTERVAL_MS = 1100; // one a second is allowed
const TOKEN_REFUSALS_MAX = 2; // attempts with a place token that end before a welcome, server reachable
const HOLD_EVERY_FRAMES = 40;

export interface SessionOptions {
  readonly environment: Environment;
  readonly policy: ReconnectPolicy;
  readonly wire: WireExports;
  readonly picture: WirePicture;
  /** 'wss://host' */
  readonly socketOrigin: string;
  /** A new ticket for the same person: at first, and when the place token is refused. */
  readonly requestTicket: () => Promise<GuestTicket>;
}

/**
 * The state machine of one presence:
 *
 *   connecting --welcome--> online --lost--> reconnecting --welcome--> online
 *        |                    |                   |
 *        +------ end ---------+------- end -------+--> closed
 *
 * An attempt uses the latest place token; when the server turns that down, a new ticket is asked for.
 */
export class Session implements FluxClient {
  readonly picture: WirePicture;
  readonly #options: SessionOptions;
  readonly #environment: Environment;
  readonly #emitter = new Emitter<ClientEvents>();
  readonly #ticks = new TickClock();
  readonly #traffic: Traffic;
  readonly #liveness: Liveness;
  readonly #moves: MovePacer;
  readonly #profiles: ProfileCache;
  #state: ConnectionState = { kind: 'connecting' };
  #welcome: WelcomeEvent | null = null;
  #people = 0;
  #token: string | null = null;
  #tokenRefusals = 0;
  #realtime = '/v1/realtime';
  #socket: Socket | null = null;
  #greeted = false; // the socket has brought its welcome
  #attempt = 0;
  #generation = 0; // of the attempt: what an older one still brings is ignored
  #drainMs: number | null = null;
  #resyncAtMs = Number.NEGATIVE_INFINITY;
  #framesSinceHold = 0;
  #cancelWait: (() => void) | null = null;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#environment = options.environment;
    this.picture = options.picture;
    const { nowMs, after } = options.environment;
    this.#traffic = new Traffic(nowMs);
    this.#liveness = new Liveness({
      nowMs,
      after,
      ping: (n) => this.#sendEvent({ t: 'ping', n }),
      lost: () => this.#lose(),
    });
    this.#moves = new MovePacer({ nowMs, after, send: (...move) => this.#sendMove(...move) });
    this.#profiles = new ProfileCache({
      nowMs,
      after,
      send: (ids) => this.#sendEvent({ t: 'profiles', ids }),
    });
  }

  // --- what a client may know ---

  get state(): ConnectionState {
    return this.#state;
  }

  get welcome(): WelcomeEvent | null {
    return this.#welcome;
  }

  get self(): EntityId {
    return this.#welcome?.you ?? NOBODY;
  }

  get counters(): Counters {
    return this.#traffic.read();
  }

  get pingMs(): number {
    return this.#liveness.pingMs;
  }

  get jitterMs(): number {
    return this.#ticks.jitterMs;
  }

  get people(): number {
    return this.#people;
  }

  now(): number {
    return this.#ticks.at(this.#environment.nowMs());
  }

  on<Name extends keyof ClientEvents>(
    name: Name,
    listener: (event: ClientEvents[Name]) => void,
  ): () => void {
    return this.#emitter.on(name, listener);
  }

  profile(id: EntityId): Profile | undefined {
    return this.#profiles.get(id);
  }

  // --- what a client may do ---

  sendMove(move: MoveState): void {
    if (this.#state.kind === 'online') this.#moves.offer(move);
  }

  say(text: string, scope: ChatScope): boolean {
    return this.#sendEvent({ t: 'chat', text, scope });
  }

  emote(name: EmoteName): boolean {
    return this.#sendEvent({ t: 'emote', emote: name });
  }

  setProfile(change: { readonly name?: string; readonly look?: LookCode }): boolean {
    return this.#sendEvent({ t: 'profile', ...change });
  }

  retryNow(): void {
    if (this.#state.kind === 'reconnecting' && this.#cancelWait) void this.#tryAgain();
  }

  drop(): void {
    if (this.#socket) this.#lose();
  }

  leave(): void {
    if (this.#state.kind === 'closed') return;
    this.#sendEvent({ t: 'leave' });
    this.#end({ kind: 'left' });
  }

  // --- coming in ---

  /** The first connection. Fails with FluxError; the session is then closed. */
  async start(): Promise<void> {
    try {
      const ticket = await this.#options.requestTicket();
      this.#realtime = ticket.realtime;
      await this.#firstWelcome(ticket.ticket);
    } catch (cause) {
      const error = asFluxError(cause);
      this.#end({ kind: 'failed', error });
      throw error;
    }
  }

  #firstWelcome(ticket: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const stopListening = [
        this.#emitter.on('welcome', () => {
          for (const stop of stopListening) stop();
          resolve();
        }),
        this.#emitter.on('refused', ({ code, message }) => reject(new FluxError(code, message))),
      ];
      this.#connect(ticket, (meaning) => {
        for (const stop of stopListening) stop();
        const ended = meaning.kind === 'end' ? endMessage(meaning.reason) : null;
        const message = ended ?? 'The server closed the connection before it let us in.';
        reject(new FluxError(ended ? 'FORBIDDEN' : 'UNREACHABLE', message));
      });
    });
  }

  #connect(ticket: string, failed: (meaning: CloseMeaning) => void): void {
    this.#generation += 1;
    const generation = this.#generation;
    const current = (): boolean => generation === this.#generation;
    this.#greeted = false;
    const url = `${this.#options.socketOrigin}${this.#realtime}?ticket=${encodeURIComponent(ticket)}`;
    const fail = (meaning: CloseMeaning): void => {
      if (!current()) return;
      this.#dropSocket();
      failed(meaning);
    };
    this.#cancelWait = this.#environment.after(WELCOME_WAIT_MS, () => fail({ kind: 'come_back' }));
    this.#socket = this.#environment.openSocket(url, PROTOCOL, {
      opened: () => undefined,
      text: (text) => {
        if (current()) this.#takeText(text);
      },
      bytes: (bytes) => {
        if (current() && this.#greeted) this.#takeFrame(bytes);
      },
      closed: (code, reason) => {
        if (!current()) return;
        const meaning = closeMeaning(code, reason);
        if (this.#greeted) this.#closed(meaning);
        else fail(meaning);
      },
    });
  }

  #closed(meaning: CloseMeaning): void {
    if (meaning.kind === 'end') {
      this.#end(meaning.reason);
      return;
    }
    if (meaning.kind === 'new_ticket') this.#token = null;
    this.#lose();
  }

  // --- going and coming back ---

  #lose(): void {
    this.#dropSocket();
    this.#attempt = 0;
    this.#tokenRefusals = 0;
    this.#waitToRetry();
  }

  #waitToRetry(): void {
    this.#attempt += 1;
    const backoff = this.#options.policy.delayMs(this.#attempt);
    if (backoff === null) {
      this.#end({ kind: 'expired' });
      return;
    }
    const delayMs = this.#drainMs === null ? backoff : this.#drainMs + backoff;
    this.#drainMs = null;
    this.#cancelWait = this.#environment.after(delayMs, () => void this.#tryAgain());
    const retryAtMs = this.#environment.nowMs() + delayMs;
    this.#become({ kind: 'reconnecting', attempt: this.#attempt, retryAtMs });
  }

  async #tryAgain(): Promise<void> {
    // An attempt may be under way: its socket would stay open beside the new one.
    this.#dropSocket();
    this.#traffic.reconnect();
    const token = this.#token;
    if (token !== null && this.#tokenRefusals < TOKEN_REFUSALS_MAX) {
      this.#connect(token, (meaning) => void this.#tokenFailed(meaning));
      return;
    }
    await this.#comeAsNew();
  }

  // A browser does not say why a handshake failed: the token may be too old, or nobody is there. Asking
  // for a ticket tells them apart, and brings what is needed in the first case.
  async #tokenFailed(meaning: CloseMeaning): Promise<void> {
    if (meaning.kind === 'end') {
      this.#end(meaning.reason);
      return;
    }
    if (meaning.kind === 'new_ticket') this.#tokenRefusals = TOKEN_REFUSALS_MAX;
    else this.#tokenRefusals += (await this.#serverAnswers()) ? 1 : 0;
    if (this.#state.kind === 'reconnecting') this.#waitToRetry();
  }

  async #serverAnswers(): Promise<boolean> {
    try {
      const response = await this.#environment.fetch(
        `${this.#options.socketOrigin.replace(/^ws/, 'http')}/health`,
      );
      return response.ok;
    } catch {
      return false;
    }
  }

  async #comeAsNew(): Promise<void> {
    const generation = this.#generation;
    const ticket = await this.#options.requestTicket().catch(asFluxError);
    if (generation !== this.#generation || this.#state.kind !== 'reconnecting') return;
    if (!(ticket instanceof FluxError)) {
      this.#connect(ticket.ticket, (meaning) => {
        if (meaning.kind === 'end') this.#end(meaning.reason);
        else this.#waitToRetry();
      });
      return;
    }
    if (FINAL_CODES.has(ticket.code)) this.#end({ kind: 'failed', error: ticket });
    else {
      this.#drainMs = ticket.retryAfterMs ?? null;
      this.#waitToRetry();
    }
  }

  #end(reason: CloseReason): void {
    if (this.#state.kind === 'closed') return;
    this.#dropSocket();
    this.#profiles.clear();
    this.#become({ kind: 'closed', reason });
  }

  #dropSocket(): void {
    this.#generation += 1;
    this.#stopWaiting();
    this.#liveness.stop();
    this.#moves.reset();
    this.#socket?.close(1000);
    this.#socket = null;
    this.#greeted = false;
  }

  #stopWaiting(): void {
    this.#cancelWait?.();
    this.#cancelWait = null;
  }

  #become(state: ConnectionState): void {
    this.#state = state;
    this.#emitter.emit('state', state);
  }

  // --- what comes in ---

  #takeText(text: string): void {
    this.#traffic.eventIn(text.length);
    this.#liveness.heard();
    const event = parseServerEvent(text);
    if (!event) return;
    if (event.kind === 'welcome') this.#takeWelcome(event);
    else this.#takeEvent(event);
  }

  #takeWelcome(welcome: WelcomeEvent): void {
    this.#stopWaiting();
    this.#greeted = true;
    if (!welcome.resumed || welcome.you !== this.#welcome?.you) this.#profiles.clear();
    this.#welcome = welcome;
    this.#token = welcome.token;
    this.#tokenRefusals = 0;
    this.#attempt = 0;
    this.#people = welcome.people;
    this.#ticks.reset(welcome.tick, welcome.tickMs, this.#environment.nowMs());
    this.picture.reset();
    this.#liveness.start();
    this.#become({ kind: 'online' });
    this.#emitter.emit('welcome', welcome);
    this.#emitter.emit('presence', { kind: 'presence', people: welcome.people });
  }

  #takeEvent(event: Exclude<ServerEvent, WelcomeEvent>): void {
    switch (event.kind) {
      case 'profiles':
        this.#profiles.take(event);
        this.#emitter.emit('profiles', event);
        return;
      case 'presence':
        this.#people = event.people;
        this.#emitter.emit('presence', event);
        return;
      case 'pong':
        this.#liveness.pong(event.n);
        return;
      case 'correct':
        this.#takeCorrection(event);
        return;
      case 'token':
        this.#token = event.token;
        return;
      case 'drain':
        this.#drainMs = event.reconnectMs;
        this.#emitter.emit('drain', event);
        return;
      case 'chat':
        this.#emitter.emit('chat', event);
        return;
      case 'emote':
        this.#emitter.emit('emote', event);
        return;
      case 'error':
        this.#emitter.emit('refused', event);
        return;
    }
  }

  #takeCorrection(correct: CorrectEvent): void {
    this.#moves.correct({ ...correct.place, pose: POSE.idle, flags: 0 });
    this.#emitter.emit('correct', correct);
  }

  #takeFrame(bytes: ArrayBuffer): void {
    this.#traffic.frameIn(bytes.byteLength);
    this.#liveness.heard();
    if (!this.picture.apply(bytes, this.now())) {
      this.#askResync();
      return;
    }
    this.#ticks.observe(this.picture.tick, this.#environment.nowMs());
    this.#adaptHold();
    this.#emitter.emit('frame', { tick: this.picture.tick });
  }

  #askResync(): void {
    const nowMs = this.#environment.nowMs();
    if (nowMs - this.#resyncAtMs < RESYNC_INTERVAL_MS) return;
    this.#resyncAtMs = nowMs;
    this.#traffic.reset();
    this.#sendEvent({ t: 'resync' });
  }

  #adaptHold(): void {
    this.#framesSinceHold += 1;
    if (this.#framesSinceHold < HOLD_EVERY_FRAMES) return;
    this.#framesSinceHold = 0;
    holdForJitter(this.#ticks.jitterTicks).forEach((ticks, level) => {
      this.picture.setHold(level, ticks);
    });
  }

  // --- what goes out ---

  #sendEvent(event: Readonly<Record<string, unknown>>): boolean {
    if (!this.#socket || !this.#greeted) return false;
    const text = JSON.stringify(event);
    this.#traffic.out(text.length);
    this.#socket.sendText(text);
    return true;
  }

  #sendMove(sequence: number, move: WireMove): boolean {
    if (!this.#socket || !this.#greeted) return false;
    const bytes = encodeMove(this.#options.wire, sequence, move);
    this.#traffic.moveOut(bytes.byteLength);
    this.#socket.sendBytes(bytes);
    return true;
  }
}

/** Asking again for a ticket with the same request cannot help. */
const FINAL_CODES: ReadonlySet<string> = new Set([
  'INVALID',
  'FORBIDDEN',
  'NOT_FOUND',
  'TOO_LARGE',
]);

const asFluxError = (cause: unknown): FluxError =>
  cause instanceof FluxError
    ? cause
    : new FluxError('INTERNAL', 'Something failed inside the client.', { cause });

const endMessage = (reason: CloseReason): string | null =>
  reason.kind === 'kicked' || reason.kind === 'refused' ? reason.message : null;
