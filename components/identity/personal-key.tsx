'use client';

import { createContext, useContext } from 'react';

const PersonalKey = createContext<string | null>(null);

/** Hands the key of whoever is signed in to all that keeps something in this browser. */
export const PersonalKeyProvider = PersonalKey.Provider;

/** The key of the person's private store; null on pages that nobody is signed in to. */
export const usePersonalKey = (): string | null => useContext(PersonalKey);
