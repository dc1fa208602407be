import { describe, expect, it } from 'vitest';
import { forgetPerson } from '@/components/identity/personal-storage';
import {
  recentPlaces,
  recentThings,
  recentViews,
  rememberPlace,
  rememberThing,
  rememberView,
  thingAt,
} from './recent-things';

const id = (n: number) => `00000000-0000-7000-8000-00000000000${n}`;

function storage(): Storage {
  const kept = new Map<string, string>();
  return {
    get length() {
      return kept.size;
    },
    key: (at) => [...kept.keys()][at] ?? null,
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => void kept.set(name, value),
    removeItem: (name) => void kept.delete(name),
    clear: () => kept.clear(),
  };
}

describe('what a person was at', () => {
  it('is a thing on its own page, or beside its list, and no list and no other page', () => {
    expect(thingAt(`/patients/${id(1)}`, null)).toEqual({ kind: 'patients', id: id(1) });
    expect(thingAt('/orders', id(2))).toEqual({ kind: 'orders', id: id(2) });
    expect(thingAt(`/statements/2026-10/${id(3)}`, null)).toEqual({ kind: 'statements', id: id(3) });
    expect([thingAt('/patients', null), thingAt('/pos/shifts', id(1)), thingAt('/orders', 'x')]).toEqual([
      null,
      null,
      null,
    ]);
  });

  it('is kept newest first, each once, eight of them', () => {
    const kept = storage();
    for (const n of [1, 2, 3, 4, 5, 6, 7, 8, 9, 5]) rememberThing({ kind: 'orders', id: id(n) }, kept);
    expect(recentThings(kept).map((thing) => Number(thing.id.at(-1)))).toEqual([5, 9, 8, 7, 6, 4, 3, 2]);
  });

  it('holds no name, and goes when the person signs out', () => {
    const kept = storage();
    rememberThing({ kind: 'patients', id: id(1) }, kept);
    expect(kept.getItem('personal.recent')).toBe(`["patients/${id(1)}"]`);
    forgetPerson(kept);
    expect(recentThings(kept)).toEqual([]);
  });

  it('views and places are kept beside it, newest first, and go with it', () => {
    const kept = storage();
    for (const n of [1, 2, 1]) rememberView(id(n), kept);
    for (const place of ['orders', 'patients', 'orders']) rememberPlace(place, kept);
    expect(recentViews(kept)).toEqual([id(1), id(2)]);
    expect(recentPlaces(kept)).toEqual(['orders', 'patients']);
    forgetPerson(kept);
    expect([recentViews(kept), recentPlaces(kept)]).toEqual([[], []]);
  });

  it('is nothing where what is kept cannot be read', () => {
    const kept = storage();
    kept.setItem('personal.recent', '{"a":');
    expect(recentThings(kept)).toEqual([]);
    kept.setItem('personal.recent', '["patients/x", 7, "https://elsewhere"]');
    expect(recentThings(kept)).toEqual([]);
  });
});
