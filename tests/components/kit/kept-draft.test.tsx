import { useState } from 'react';
import { expect, it } from 'vitest';
import { forgetPerson } from '@/components/identity/personal-storage';
import { CameBack } from '@/components/kit/draft/came-back';
import { useKeptDraft } from '@/components/kit/draft/use-kept-draft';
import { newPersonalKey, onScreen } from '../on-screen';

function Form({ name = 'form', version = '1' }: { name?: string; version?: string }) {
  const [draft, setDraft] = useState('');
  const isDraft = (kept: unknown): kept is string => typeof kept === 'string';
  const kept = useKeptDraft({ name, draft, version, isEmpty: draft === '', isDraft, restore: setDraft });
  return (
    <form>
      <CameBack
        kept={kept}
        onDrop={() => {
          kept.done();
          setDraft('');
        }}
      />
      <input aria-label="note" value={draft} onChange={(event) => setDraft(event.target.value)} />
      <button type="button" onClick={kept.done}>
        sent
      </button>
    </form>
  );
}

const written = () => Object.entries(localStorage).filter(([key]) => key.startsWith('personal.draft.'));

it('what was being written comes back when the page does, and says so', async () => {
  const around = { personalKey: newPersonalKey() };
  const before = await onScreen(<Form />, around);
  await before.getByRole('textbox').fill('Trần Thị Bí Mật');
  await before.unmount();
  await expect.poll(written).toHaveLength(1);
  expect(JSON.stringify(written())).not.toContain('Bí');
  const after = await onScreen(<Form />, around);
  await expect.element(after.getByRole('textbox')).toHaveValue('Trần Thị Bí Mật');
  await expect.element(after.getByText(/Đã khôi phục phần bạn đang làm dở/)).toBeVisible();
  await after.getByRole('button', { name: 'Bỏ, làm lại' }).click();
  await expect.element(after.getByRole('textbox')).toHaveValue('');
  await expect.poll(written).toEqual([]);
});

it('says that what it is about has changed since, where it has', async () => {
  const around = { personalKey: newPersonalKey() };
  const before = await onScreen(<Form name="record" />, around);
  await before.getByRole('textbox').fill('x');
  await before.unmount();
  await expect.poll(written).toHaveLength(1);
  const same = await onScreen(<Form name="record" />, around);
  await expect.element(same.getByText(/Đã khôi phục/)).toBeVisible();
  expect(same.getByText(/Mục này đã thay đổi/).elements()).toEqual([]);
  await same.unmount();
  const changed = await onScreen(<Form name="record" version="2" />, around);
  await expect.element(changed.getByText(/Mục này đã thay đổi từ lúc đó/)).toBeVisible();
  await expect.element(changed.getByRole('textbox')).toHaveValue('x');
  await changed.getByRole('button', { name: 'Bỏ, làm lại' }).click();
  await expect.poll(written).toEqual([]);
});

it('says so as often as it comes back, also where nothing was changed in between', async () => {
  const around = { personalKey: newPersonalKey() };
  const before = await onScreen(<Form name="twice" />, around);
  await before.getByRole('textbox').fill('x');
  await before.unmount();
  await expect.poll(written).toHaveLength(1);
  for (const more of ['y', 'z']) {
    const changed = await onScreen(<Form name="twice" version="2" />, around);
    await expect.element(changed.getByText(/Mục này đã thay đổi từ lúc đó/)).toBeVisible();
    const [[, old] = []] = written();
    await changed.getByRole('textbox').fill(more);
    await expect.poll(() => written()[0]?.[1]).not.toBe(old);
    await changed.unmount();
  }
});

it('is of what stood there when it was begun: what changes while it is written is said as well', async () => {
  const around = { personalKey: newPersonalKey() };
  const before = await onScreen(<Form name="meanwhile" />, around);
  await before.getByRole('textbox').fill('x');
  await expect.poll(written).toHaveLength(1);
  await before.rerender(<Form name="meanwhile" version="2" />);
  const [[, old] = []] = written();
  await before.getByRole('textbox').fill('xy');
  await expect.poll(() => written()[0]?.[1]).not.toBe(old);
  await before.unmount();
  const after = await onScreen(<Form name="meanwhile" version="2" />, around);
  await expect.element(after.getByText(/Mục này đã thay đổi từ lúc đó/)).toBeVisible();
  await after.unmount();
});

it('is gone once it was sent', async () => {
  const around = { personalKey: newPersonalKey() };
  const screen = await onScreen(<Form />, around);
  await screen.getByRole('textbox').fill('x');
  await expect.poll(written).toHaveLength(1);
  await screen.getByRole('button', { name: 'sent' }).click();
  await expect.poll(written).toEqual([]);
});

it('is nobody else’s, and of another form (privateStore)', async () => {
  const personalKey = newPersonalKey();
  const screen = await onScreen(<Form />, { personalKey });
  await screen.getByRole('textbox').fill('mine');
  await screen.unmount();
  await expect.poll(written).toHaveLength(1);
  const other = await onScreen(<Form name="other" />, { personalKey });
  await other.getByRole('textbox').fill('theirs');
  await other.unmount();
  await expect.poll(written).toHaveLength(2);
  const stranger = await onScreen(<Form />, { personalKey: newPersonalKey() });
  await stranger.getByRole('textbox').fill('y');
  await expect.element(stranger.getByRole('textbox')).toHaveValue('y');
  expect(stranger.getByText(/Đã khôi phục/).elements()).toEqual([]);
});

it('of two at once each keeps its own, and finds it again (ownName)', async () => {
  const around = { personalKey: newPersonalKey() };
  const first = await onScreen(<Form name="two" />, around);
  await first.getByRole('textbox').fill('first');
  await expect.poll(written).toHaveLength(1);
  const second = await onScreen(<Form name="two" />, around);
  await second.getByRole('textbox').last().fill('second');
  // Typed before it was known that another has the name, and not touched since.
  await expect.poll(written).toHaveLength(2);
  await second.unmount();
  const again = await onScreen(<Form name="two" />, around);
  await expect.element(again.getByRole('textbox').last()).toHaveValue('second');
  await again.unmount();
  await first.unmount();
  // Another tab: what this one remembers is not handed on.
  sessionStorage.clear();
  const alone = await onScreen(<Form name="two" />, around);
  await expect.element(alone.getByRole('textbox')).toHaveValue('first');
});

it('a tab that is loaded again finds its own, though the tab whose was the first name has closed (ownName)', async () => {
  const around = { personalKey: newPersonalKey() };
  const first = await onScreen(<Form name="closed" />, around);
  await first.getByRole('textbox').fill('of the closed tab');
  await expect.poll(written).toHaveLength(1);
  const second = await onScreen(<Form name="closed" />, around);
  await second.getByRole('textbox').last().fill('its own');
  await expect.poll(written).toHaveLength(2);
  await first.unmount();
  await second.unmount();
  const again = await onScreen(<Form name="closed" />, around);
  await expect.element(again.getByRole('textbox')).toHaveValue('its own');
  expect(JSON.stringify({ ...sessionStorage })).not.toContain('its own');
  forgetPerson();
  expect({ ...sessionStorage }).toEqual({});
});

it('of two at once one keeps (ownName)', async () => {
  const around = { personalKey: newPersonalKey() };
  const first = await onScreen(<Form />, around);
  await first.getByRole('textbox').fill('first');
  await expect.poll(written).toHaveLength(1);
  const second = await onScreen(<Form />, around);
  await second.getByRole('textbox').last().fill('second');
  await second.unmount();
  await first.unmount();
  const again = await onScreen(<Form />, around);
  await expect.element(again.getByRole('textbox')).toHaveValue('first');
});
