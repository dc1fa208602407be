'use client';

/** What stands where not even the frame of a page could be drawn. It has no words of a language but both, and brings nothing along. */
export default function GlobalError() {
  return (
    <html lang="vi">
      <body>
        <main>
          <h1>Đã xảy ra sự cố · Something went wrong</h1>
          <form>
            <button type="submit">Thử lại · Try again</button>
          </form>
        </main>
      </body>
    </html>
  );
}
