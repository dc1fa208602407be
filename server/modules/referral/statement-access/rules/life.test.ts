import { describe, expect, it } from 'vitest';
import { type ActivityEvent, addUp, isRecent } from '../rules';
import { LINK_EVENT_KINDS } from '../schema';

const start = new Date('2026-11-05T08:00:00Z').getTime();
const at = (minute: number) => new Date(start + minute * 60_000);
const now = at(60);
const event = (kind: ActivityEvent['kind'], minute: number, parts: Partial<ActivityEvent> = {}): ActivityEvent => ({
  kind,
  at: at(minute),
  machine: false,
  address: 'home',
  agent: 'Safari, iPhone',
  ...parts,
});
const own = [
  event('opened', 0),
  event('confirmed', 0),
  event('otp-requested', 1),
  event('verified', 2),
  event('viewed', 2),
];
const stranger = { address: 'office', agent: 'Chrome, Windows' };
const bot = { ...stranger, machine: true };

describe('what the events of a link add up to', () => {
  it('is nothing before anything happened', () => {
    expect(addUp([], now)).toEqual({
      opened: 0,
      machineVisits: 0,
      browsers: 0,
      verified: 0,
      failed: 0,
      viewed: 0,
      downloaded: 0,
      firstOpenedAt: null,
      lastSeenAt: null,
      forwardedAt: null,
    });
  });

  it('counts what people did, each kind for itself, and of machines their visits alone', () => {
    const second = { agent: 'Firefox, Windows' };
    const events = [
      event('sent', 0, { agent: null, address: null }),
      event('opened', 1, bot),
      event('confirmed', 1, bot),
      ...['opened', 'confirmed', 'failed', 'failed', 'failed', 'verified'].map((kind, n) =>
        event(kind as ActivityEvent['kind'], 2 + n),
      ),
      event('opened', 8, second),
      event('verified', 9, second),
      event('viewed', 10),
      event('viewed', 11, second),
      event('viewed', 12, bot),
      ...[13, 14, 15, 16].map((minute) => event('downloaded', minute, second)),
      event('opened', 17, second),
      event('viewed-elsewhere', 18, second),
      event('revoked', 19, { agent: null, address: null }),
    ];
    expect(addUp(events, now)).toEqual({
      opened: 3,
      machineVisits: 1,
      browsers: 2,
      verified: 2,
      failed: 3,
      viewed: 2,
      downloaded: 4,
      firstOpenedAt: at(2),
      lastSeenAt: at(16),
      forwardedAt: null,
    });
  });

  it('takes a visit that nothing follows for a machine’s, once it is a minute old', () => {
    const silent = event('opened', 5, { address: 'cloud', agent: 'Chrome, Linux' });
    const aged = (ms: number) => {
      const { opened, machineVisits } = addUp([...own, silent], new Date(silent.at.getTime() + ms));
      return [opened, machineVisits];
    };
    expect([aged(59_999), aged(60_000)]).toEqual([
      [2, 0],
      [1, 1],
    ]);
    expect([59_999, 60_000].map((ms) => isRecent(silent, new Date(silent.at.getTime() + ms)))).toEqual([true, false]);
    // What says of itself that it is a machine need not grow old, and is none the less for a person in the same browser.
    const said = event('opened', 60, { machine: true });
    expect(addUp([...own, said], now)).toMatchObject({ opened: 1, machineVisits: 1, browsers: 1 });
  });

  it.each(LINK_EVENT_KINDS)('knows a person by what only a person’s browser does: %s', (kind) => {
    const person = ['confirmed', 'otp-requested', 'verified', 'failed', 'viewed', 'downloaded'].includes(kind);
    const followed = (parts: Partial<ActivityEvent>) => {
      const { opened, browsers, lastSeenAt } = addUp([event('opened', 0), event(kind, 1, parts)], now);
      return [opened, browsers, lastSeenAt];
    };
    expect(followed({})).toEqual(person ? [1, 1, at(1)] : [0, 0, null]);
    // Another browser at the same address, and the same kind of browser at another.
    for (const other of [{ agent: 'Firefox, Windows' }, { address: 'train' }])
      expect(followed(other)).toEqual(person ? [0, 1, at(1)] : [0, 0, null]);
    expect(followed({ machine: true })).toEqual([0, 0, null]);
  });
});

describe('a link', () => {
  const passedOn = (...more: ActivityEvent[]) => addUp([...own, ...more], now).forwardedAt;

  it.each(LINK_EVENT_KINDS)('looks passed on when a stranger comes after its owner: %s', (kind) => {
    const sign = ['confirmed', 'otp-requested', 'failed'].includes(kind);
    expect(passedOn(event(kind, 9, stranger), event(kind, 10, stranger))).toEqual(sign ? at(9) : null);
  });

  it('does not while nobody has passed its gate, nor for who came before or at the very moment', () => {
    expect(addUp([event('confirmed', 1), event('confirmed', 9, stranger)], now).forwardedAt).toBeNull();
    expect([passedOn(event('confirmed', 1, stranger)), passedOn(event('confirmed', 2, stranger))]).toEqual([
      null,
      null,
    ]);
    // After the first who passed: the owner's second device passes later.
    expect(passedOn(event('confirmed', 9, stranger), event('verified', 20))).toEqual(at(9));
  });

  it('does not for a machine, one’s own browser elsewhere, another browser at home, or a device that passes', () => {
    expect(passedOn(event('confirmed', 9, bot))).toBeNull();
    expect(passedOn(event('confirmed', 9, { address: 'train' }))).toBeNull();
    expect(passedOn(event('confirmed', 9, { agent: 'Chrome, Windows' }))).toBeNull();
    expect(passedOn(event('confirmed', 9, stranger), event('verified', 10, stranger))).toBeNull();
  });
});
