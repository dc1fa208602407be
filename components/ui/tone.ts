import {
  CircleAlert,
  CircleCheck,
  CircleDashed,
  Clock3,
  Info,
  Lock,
  type LucideIcon,
  TriangleAlert,
} from 'lucide-react';
import type { Tone } from './tone-style';

export { type Tone, toneBox, toneText } from './tone-style';

export const toneIcon: Record<Tone, LucideIcon> = {
  good: CircleCheck,
  notice: TriangleAlert,
  wrong: CircleAlert,
  info: Info,
  waiting: Clock3,
  sealed: Lock,
  neutral: CircleDashed,
};
