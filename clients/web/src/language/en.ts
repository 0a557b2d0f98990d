import { plural } from './plural.ts';

const count = (value: number, one: string, other: string): string =>
  plural('en', value, { one, other });

/** Every word the client says, in English. The shape of this object is what other languages must fill. */
export const en = {
  languageName: 'English',
  appName: 'Flux',

  entry: {
    title: (world: string) => `Enter ${world}`,
    people: (people: number) =>
      people === 0 ? 'Nobody is here yet' : count(people, '# person is here', '# people are here'),
    name: 'Your name',
    nameHint: '1 to 32 characters. Others see it.',
    namePlaceholder: 'Guest',
    nameMissing: 'Please choose a name first.',
    nameTooLong: 'That name is too long: 32 characters at most.',
    appearance: 'Your look',
    preview: 'A picture of your avatar',
    surprise: 'Surprise me',
    previous: (field: string) => `Previous ${field}`,
    next: (field: string) => `Next ${field}`,
    choice: (field: string, number: number, of: number) => `${field} ${number} of ${of}`,
    enter: 'Enter',
    entering: 'Entering…',
    loading: 'Loading the world',
    loadingBytes: (done: string, all: string) => `${done} of ${all}`,
    retry: 'Try again',
    language: 'Language',
    goPlaza: 'Go to the plaza',
    tagline: 'A place to walk, meet and talk. No account needed.',
  },

  look: {
    figure: 'Figure',
    skin: 'Skin',
    hairColour: 'Hair colour',
    head: 'Hair or hat',
    topColour: 'Top',
    bottomColour: 'Bottom',
    accessory: 'Accessory',
    accentColour: 'Accent',
  },

  error: {
    UNREACHABLE: {
      title: 'The server is away',
      text: 'It does not answer. Check your network, or try again in a moment.',
    },
    NOT_FOUND: {
      title: 'There is no such world',
      text: 'The link may be mistyped, or the world was taken down.',
    },
    LIMIT: {
      title: 'The world is full',
      text: 'Everybody who fits is already here. Try again in a moment.',
    },
    RATE_LIMITED: { title: 'A little slower', text: 'Too many tries in a short time.' },
    INVALID: { title: 'That cannot be used', text: 'The server did not accept the name.' },
    UNAUTHENTICATED: { title: 'Your pass has expired', text: 'Please enter again.' },
    FORBIDDEN: { title: 'You may not enter', text: 'The server turned you away.' },
    CONFLICT: { title: 'Something is in the way', text: 'Please try again.' },
    TOO_LARGE: { title: 'That is too much', text: 'The server did not accept it.' },
    UNAVAILABLE: {
      title: 'The server is busy',
      text: 'It is starting, stopping or overloaded. Try again in a moment.',
    },
    INTERNAL: { title: 'Something went wrong', text: 'It is not your fault. Please try again.' },
    waitSeconds: (seconds: number) =>
      count(seconds, 'Try again in # second.', 'Try again in # seconds.'),
    scene: 'The world cannot be drawn here',
    sceneText: 'Your browser needs WebGL 2. Hardware acceleration may be switched off.',
  },

  gone: {
    left: 'You have left',
    leftText: 'Come back any time.',
    kicked: 'You were asked to leave',
    elsewhere: 'You came in somewhere else',
    elsewhereText: 'This person is now in another window or on another device.',
    refused: 'The server ended the connection',
    expired: 'You were away too long',
    expiredText: 'Enter again to come back.',
    failed: 'The connection failed',
    comeBack: 'Come back',
  },

  connection: {
    lost: 'Connection lost',
    retryIn: (seconds: number) =>
      count(seconds, 'Trying again in # second.', 'Trying again in # seconds.'),
    trying: 'Trying now…',
    retryNow: 'Retry now',
    back: 'You are back.',
    backElsewhere: 'You are back. The world has started anew since.',
    draining: 'The server is restarting. You will come back by yourself.',
  },

  chat: {
    title: 'Chat',
    log: 'Chat messages',
    empty: 'Nothing said yet. Press Enter to speak.',
    input: 'Message',
    placeholder: 'Say something…',
    send: 'Send',
    scope: 'Who hears you',
    near: 'Near',
    all: 'Everyone',
    nearHint: 'People near you hear it',
    allHint: 'Everyone in this world hears it',
    left: (characters: number) => count(characters, '# character left', '# characters left'),
    tooLong: 'That is too long: 500 characters at most.',
    rateLimited: 'Too fast: wait a second before the next message.',
    notSent: 'Not sent: there is no connection.',
    refused: (message: string) => `Not sent: ${message}`,
    arrived: (name: string) => `${name} arrived`,
    departed: (name: string) => `${name} left`,
    emoted: (name: string, emote: string) => `${name}: ${emote}`,
    unread: (messages: number) => count(messages, '# new message', '# new messages'),
    close: 'Close chat',
    someone: 'Someone',
  },

  emote: {
    title: 'Emotes',
    wave: 'Wave',
    dance: 'Dance',
    clap: 'Clap',
    point: 'Point',
    laugh: 'Laugh',
    cheer: 'Cheer',
    bow: 'Bow',
    shrug: 'Shrug',
    think: 'Think',
    heart: 'Heart',
    key: (emote: string, key: string) => `${emote}, key ${key}`,
    rateLimited: 'One emote a second, please.',
  },

  people: {
    title: 'People',
    count: (people: number) => count(people, '# person here', '# people here'),
    you: 'you',
    find: 'Find',
    findOne: (name: string) => `Find ${name}`,
    distance: (metres: number) => `${metres} m`,
    more: (people: number) => count(people, 'and # more further away', 'and # more further away'),
    unknown: 'Someone',
    alone: 'Nobody else is here. Send someone the link!',
  },

  link: {
    title: 'Invite',
    copied: 'Link copied. Send it to a friend.',
    failed: 'The link could not be copied. Here it is:',
    label: 'Link to this place',
  },

  settings: {
    title: 'Settings',
    language: 'Language',
    quality: 'Graphics',
    qualityLow: 'Light (saves battery)',
    qualityMedium: 'Balanced',
    qualityHigh: 'Beautiful',
    smoothing: 'Camera smoothing',
    fieldOfView: 'Field of view',
    degrees: (degrees: number) => `${degrees}°`,
    percent: (percent: number) => `${percent} %`,
    motion: 'Motion',
    motionSystem: 'As the system says',
    motionReduced: 'Reduced',
    motionFull: 'Full',
  },

  stats: {
    title: 'Statistics',
    fps: 'Frames a second',
    frame: 'Work a frame',
    ping: 'Ping',
    jitter: 'Jitter',
    known: 'People known',
    drawn: 'People drawn',
    calls: 'Draw calls',
    triangles: 'Triangles',
    down: 'Down',
    up: 'Up',
    milliseconds: (value: string) => `${value} ms`,
    rate: (value: string) => `${value} kB/s`,
  },

  help: {
    title: 'Help',
    move: 'Walk',
    run: 'Run',
    jump: 'Jump',
    look: 'Look around',
    zoom: 'Closer, further',
    chat: 'Speak',
    emotes: 'Emotes',
    people: 'People',
    stats: 'Statistics',
    settings: 'Settings',
    thisHelp: 'This help',
    close: 'Close what is open',
    drag: 'Drag with the mouse',
    wheel: 'Mouse wheel',
    or: 'or',
    touchMove: 'Drag the round stick to walk; push it to its edge to run',
    touchLook: 'Drag anywhere else to look around',
    touch: 'On a touch screen',
    keyboard: 'Keyboard and mouse',
    space: 'Space',
    arrows: 'Arrow keys',
  },

  hud: {
    toolbar: 'Tools',
    world: (name: string) => `World: ${name}. Walk with the arrow keys or W, A, S, D.`,
    leave: 'Leave',
    close: 'Close',
    jump: 'Jump',
    run: 'Run',
    stick: 'Walking stick',
    notices: 'Notices',
    portal: (name: string) => `On to ${name}…`,
    portalOutside: (host: string) => `This portal leads to another server: ${host}`,
    portalGo: 'Go there',
    graphicsLost: 'The graphics card went away.',
    reload: 'Load again',
  },
};

type Widen<Value> = Value extends string
  ? string
  : Value extends (...values: infer Values) => string
    ? (...values: Values) => string
    : { readonly [Key in keyof Value]: Widen<Value[Key]> };

export type Catalogue = Widen<typeof en>;
