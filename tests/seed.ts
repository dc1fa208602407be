import fc from 'fast-check';

// A run that fails has to fail again: the same seed everywhere, and another one where somebody goes looking (SEED=7 npm test).
fc.configureGlobal({ seed: Number(process.env.SEED ?? 20_261_120) });
