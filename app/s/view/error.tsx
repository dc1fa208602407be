'use client';

export { default } from '../[token]/error';
