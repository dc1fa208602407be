import { expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { Frame } from '@/components/frame/frame';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { ComboBox } from '@/components/ui/combo-box';
import { DateField } from '@/components/ui/date-field';
import { Dialog } from '@/components/ui/dialog';
import { Menu } from '@/components/ui/menu';
import { MoneyField } from '@/components/ui/money-field';
import { NumberField } from '@/components/ui/number-field';
import { RadioGroup, SegmentedControl } from '@/components/ui/radio-group';
import { SearchField } from '@/components/ui/search-field';
import { Select } from '@/components/ui/select';
import { TextArea, TextField } from '@/components/ui/text-field';
import { onScreen } from '../on-screen';

vi.mock('@/components/frame/preferences', () => ({
  chooseLocale: vi.fn(async () => {}),
  chooseTheme: vi.fn(async () => {}),
  chooseRail: vi.fn(async () => {}),
}));

const options = [
  { value: 'a', label: 'A' },
  { value: 'b', label: 'B' },
];
const nothing = () => {};

const FIELDS = {
  'a text': <TextField label="x" />,
  'a long text': <TextArea label="x" />,
  'a search': <SearchField label="x" />,
  'a number': <NumberField label="x" />,
  'an amount': <MoneyField label="x" value={null} onChange={nothing} />,
  'a day': <DateField label="x" value={null} onChange={nothing} />,
  'a choice': <Select label="x" options={options} value="a" onChange={nothing} />,
  'one of a few': <RadioGroup label="x" options={options} value="a" onChange={nothing} />,
  'a switch of ways': <SegmentedControl label="x" options={options} value="a" onChange={nothing} />,
  'a yes or no': (
    <Checkbox checked={false} onChange={nothing}>
      x
    </Checkbox>
  ),
  'one of many': (
    <ComboBox
      label="x"
      value={null}
      onChange={nothing}
      keyOf={(one: string) => one}
      textOf={(one) => one}
      load={async () => ['a']}
      renderItem={(one) => one}
    />
  ),
  'a menu': <Menu label="x" trigger={<Button>x</Button>} items={[{ id: 'a', label: 'A' }]} />,
  'a question': (
    <Dialog open onClose={nothing} title="Hỏi">
      <TextField label="x" />
    </Dialog>
  ),
};

it.each(Object.entries(FIELDS))('Ctrl K, which the bar shows, works from %s', async (_, field) => {
  const user = { name: 'An', email: 'an@sapoche.vn', role: 'Thu ngân' };
  const screen = await onScreen(
    <Frame user={user} permittedPlaces={['/orders']}>
      <div data-testid="place">{field}</div>
    </Frame>,
  );
  const place = document.querySelector('[role=dialog]') ?? screen.getByTestId('place').element();
  const all = place.querySelectorAll<HTMLElement>('input, textarea, button, [role=spinbutton]');
  [...all].find((one) => one.tabIndex >= 0 && one.checkVisibility() && one.getAttribute('slot') !== 'close')?.focus();
  expect(document.activeElement).not.toBe(document.body);
  await userEvent.keyboard('{Control>}k{/Control}');
  await expect.element(screen.getByRole('dialog', { name: 'Tìm mọi thứ' })).toBeVisible();
});

it('Ctrl K works after something was chosen from a menu', async () => {
  const user = { name: 'An', email: 'an@sapoche.vn', role: 'Thu ngân' };
  const screen = await onScreen(
    <Frame user={user} permittedPlaces={['/orders']}>
      {FIELDS['a menu']}
    </Frame>,
  );
  await screen.getByRole('button', { name: 'x', exact: true }).click();
  await screen.getByRole('menuitem', { name: 'A' }).click();
  await userEvent.keyboard('{Control>}k{/Control}');
  await expect.element(screen.getByRole('dialog', { name: 'Tìm mọi thứ' })).toBeVisible();
});
