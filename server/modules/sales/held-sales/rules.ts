/** What decides whether somebody may have a held sale. */
type Hold = {
  state: 'held' | 'taken' | 'sold' | 'dropped' | 'lapsed';
  takenBy: string | null;
  /** On the screen of a till whose shift is open. */
  isAtTill: boolean;
};

/** Whether it has become something else, for good. */
export const hasEnded = ({ state }: Pick<Hold, 'state'>): boolean => state !== 'held' && state !== 'taken';

/** Whether somebody else has it on the screen: what a till took comes back with the end of its shift. */
export const isTakenByOther = ({ isAtTill, takenBy }: Hold, person: string): boolean => isAtTill && takenBy !== person;
