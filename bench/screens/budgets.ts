/** The most compressed JavaScript that a screen may need until it rests, in kilobytes of 1,000 bytes. */
export const SCREEN_BUDGETS = { '/pos': 250, '/orders': 250, '/s/<token>': 120 } as const;
