import { describe, expect, it, vi } from 'vitest';
import { useCheckedFiles } from '@/components/ui/file-drop';
import { useWindowDrop } from '@/components/ui/use-window-drop';
import { useLeftOut } from '@/components/uploads/left-out';
import { useSendSheet } from '@/components/uploads/send-sheet';
import { networkAnswers } from '../network';
import { expectAddress, hookOnScreen, onScreen } from '../on-screen';
import { upload } from './sample-upload';

const held = (name: string, bytes = 'a,b') => {
  const data = new DataTransfer();
  data.items.add(new File([bytes], name));
  return data;
};
const drag = (kind: 'dragover' | 'drop' | 'dragleave', data: DataTransfer) =>
  window.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));

describe('a sheet is dropped anywhere on the page', () => {
  it('useWindowDrop: says while files are held over the page, takes them once, and nothing that is no file', async () => {
    const taken = vi.fn<(files: File[]) => void>();
    const { result, act } = await hookOnScreen(() => useWindowDrop(taken));
    await act(() => drag('dragover', held('a.csv')));
    expect(result.current).toBe(true);
    await act(() => drag('dragleave', held('a.csv')));
    expect(result.current).toBe(false);
    await act(() => drag('drop', new DataTransfer()));
    expect(taken).not.toHaveBeenCalled();
    await act(() => drag('drop', held('a.csv')));
    expect(taken.mock.calls.map(([files]) => files.map(({ name }) => name))).toEqual([['a.csv']]);
  });

  it('useCheckedFiles: one of another kind is refused in a sentence', async () => {
    const onFiles = vi.fn<(files: File[]) => void>();
    const { result, act } = await hookOnScreen(() => useCheckedFiles({ accept: ['.csv'], onFiles }));
    await act(() => result.current.take([new File(['x'], 'a.pdf')]));
    expect(result.current.problem).toBe('Tệp “a.pdf” không thuộc loại được nhận (.csv).');
    expect(onFiles).not.toHaveBeenCalled();
  });

  it('useSendSheet: sends what is dropped and goes to its page; for who may not write nothing is taken', async () => {
    await networkAnswers('**/api/uploads', { status: 201, body: JSON.stringify({ id: 'u1' }) });
    function Place({ mayWrite }: { mayWrite: boolean }) {
      const { action, above } = useSendSheet(mayWrite);
      return (
        <>
          {action}
          {above}
        </>
      );
    }
    const looking = await onScreen(<Place mayWrite={false} />, { address: '/uploads' });
    drag('dragover', held('a.csv'));
    expect(looking.getByText('Thả tệp đơn hàng vào đây').elements()).toHaveLength(0);
    await looking.unmount();
    const screen = await onScreen(<Place mayWrite />, { address: '/uploads' });
    await expect.element(screen.getByRole('button', { name: 'Tải tệp lên' })).toBeVisible();
    drag('dragover', held('a.csv'));
    await expect.element(screen.getByText('Thả tệp đơn hàng vào đây')).toBeVisible();
    drag('drop', held('a.csv'));
    await expectAddress('/uploads/u1');
  });
});

it('useLeftOut: a file of which all is read leaves nothing out', async () => {
  const { header, mapping } = upload();
  const { result } = await hookOnScreen(() => useLeftOut(header, mapping));
  expect(result.current).toEqual({ unread: [], hidden: [] });
});
