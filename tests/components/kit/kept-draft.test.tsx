import { useState } from 'react';
import { expect, it } from 'vitest';
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
  localStorage.clear();
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
  localStorage.clear();
});
