import { expect, it, vi } from 'vitest';
import { useSentOnce } from '@/components/api/use-sent-once';
import { hookOnScreen } from '../on-screen';

it('useSentOnce: the same input is sent once until it is answered; another input is another act', async () => {
  const answers: ((answer: string) => void)[] = [];
  const mutationFn = vi.fn((_: { id: bigint }) => new Promise<string>((resolve) => answers.push(resolve)));
  const onSettled = vi.fn();
  const { result, act } = await hookOnScreen(() => useSentOnce({ mutationFn, onSettled }));
  await act(() => {
    result.current.mutate({ id: 1n });
    result.current.mutate({ id: 1n });
    result.current.mutate({ id: 2n });
  });
  await expect.poll(() => mutationFn.mock.calls.map(([input]) => input.id)).toEqual([1n, 2n]);
  answers[0]?.('done');
  await expect.poll(() => onSettled.mock.calls.length).toBe(1);
  await act(() => result.current.mutate({ id: 1n }));
  await expect.poll(() => mutationFn.mock.calls.length).toBe(3);
});

it('useSentOnce: what failed can be sent again', async () => {
  const mutationFn = vi.fn().mockRejectedValue(new Error('refused'));
  const { result, act } = await hookOnScreen(() => useSentOnce({ mutationFn }));
  await act(() => result.current.mutate(undefined));
  await expect.poll(() => result.current.isError).toBe(true);
  await act(() => result.current.mutate(undefined));
  await expect.poll(() => mutationFn.mock.calls.length).toBe(2);
});
