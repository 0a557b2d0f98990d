import type { Language } from '../settings/settings.ts';

/** Beside the timeline, which is loaded in a replay alone: the catalogue is loaded by everybody. */
export const timelineWords: Record<Language, Record<Word, string>> = {
  en: {
    label: 'Replay',
    play: 'Play',
    pause: 'Pause',
    position: 'Position',
    speed: 'Speed',
    refused: 'Only the operator may steer this replay.',
    lost: 'The replay does not answer.',
  },
  ko: {
    label: '다시 보기',
    play: '재생',
    pause: '일시 정지',
    position: '위치',
    speed: '속도',
    refused: '이 다시 보기는 운영자만 조작할 수 있습니다.',
    lost: '다시 보기가 응답하지 않습니다.',
  },
};

type Word = 'label' | 'play' | 'pause' | 'position' | 'speed' | 'refused' | 'lost';
