import { expect, it } from 'vitest';
import { bytesText, fileProblem } from './file-check';

it('refuses by ending and by size', () => {
  expect(fileProblem({ name: 'orders.XLSX', size: 10 }, ['.xlsx'], 20)).toBeNull();
  expect(fileProblem({ name: 'orders.exe', size: 10 }, ['.xlsx'], 20)).toBe('type');
  expect(fileProblem({ name: 'orders.xlsx', size: 21 }, ['.xlsx'], 20)).toBe('size');
});

it('writes sizes for people', () => {
  expect(bytesText(0, String)).toBe('0 B');
  expect(bytesText(1536, String)).toBe('1.5 KB');
  expect(bytesText(50 * 1024 * 1024, String)).toBe('50 MB');
});
