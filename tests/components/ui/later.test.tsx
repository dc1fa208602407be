import { useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { later } from '@/components/ui/later';
import { onScreen } from '../on-screen';

const Part = ({ open }: { open: boolean }) => <p>{open ? 'here' : 'going'}</p>;

/** A part that comes when the test says so. */
function coming() {
  const comes: { resolve: () => void; reject: () => void }[] = [];
  const load = vi.fn(
    () =>
      new Promise<typeof Part>((resolve, reject) => {
        comes.push({ resolve: () => resolve(Part), reject: () => reject(new Error('no connection')) });
      }),
  );
  return { comes, load, Later: later(load) };
}

describe('later', () => {
  it('fetches nothing before it is wanted, shows its place meanwhile, and stays so that it can go as it came', async () => {
    const { comes, load, Later } = coming();
    function Asks() {
      const [open, setOpen] = useState(false);
      return (
        <>
          <button type="button" onClick={() => setOpen(!open)}>
            Turn
          </button>
          <Later wanted={open} open={open} fallback={<p>soon</p>} />
        </>
      );
    }
    const screen = await onScreen(<Asks />);
    expect(load).not.toHaveBeenCalled();
    await screen.getByRole('button').click();
    await expect.element(screen.getByText('soon')).toBeVisible();
    comes[0]?.resolve();
    await expect.element(screen.getByText('here')).toBeVisible();
    await screen.getByRole('button').click();
    await expect.element(screen.getByText('going')).toBeVisible();
    expect(load).toHaveBeenCalledOnce();
  });

  it('asks again where the connection failed, and what stands on the screen stays', async () => {
    const { comes, load, Later } = coming();
    const screen = await onScreen(
      <>
        <p>the cart</p>
        <Later open />
      </>,
    );
    await expect.poll(() => comes.length).toBe(1);
    comes[0]?.reject();
    await expect.poll(() => comes.length, { timeout: 5_000 }).toBe(2);
    await expect.element(screen.getByText('the cart')).toBeVisible();
    comes[1]?.resolve();
    await expect.element(screen.getByText('here')).toBeVisible();
    expect(load).toHaveBeenCalledTimes(2);
  });

  it('what was fetched before it was wanted is there at once', async () => {
    const { comes, load, Later } = coming();
    Later.preload();
    Later.preload();
    comes[0]?.resolve();
    await Promise.resolve();
    const screen = await onScreen(<Later open fallback={<p>soon</p>} />);
    await expect.element(screen.getByText('here')).toBeVisible();
    expect(load).toHaveBeenCalledOnce();
  });
});
