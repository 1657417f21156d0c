import type { Summary } from "./summary.ts";

/** Sizes in the drawing's units. */
const WIDTH = 820;
const LABEL_WIDTH = 280;
const VALUE_WIDTH = 130;
const BAR_HEIGHT = 14;
const BAR_GAP = 4;
const GROUP_GAP = 22;
const MARGIN = 16;
const LEGEND_HEIGHT = 28;

/** One colour for each system, told apart in grey as well. */
const COLOURS: Readonly<Record<string, string>> = {
  "im-webapp": "#1f6feb",
  "im-webapp-large": "#79b8ff",
  ejabberd: "#bf5f00",
  relay: "#8b949e",
};
const OTHER_COLOUR = "#57606a";

/** A bar chart of the rates: for each case its systems, as long as their share of the case's fastest. */
export function chart(summaries: readonly Summary[]): string {
  const drawn = summaries.filter(({ rate, id }) => rate > 0 && !id.startsWith("open"));
  const cases = [...new Set(drawn.map(({ id }) => id))].map((id) => drawn.filter((one) => one.id === id));
  const parts: string[] = [];
  let y = MARGIN + LEGEND_HEIGHT;
  for (const bars of cases) {
    const most = Math.max(...bars.map(({ rate }) => rate));
    parts.push(text(MARGIN, y + BAR_HEIGHT - 3, bars[0]?.title ?? ""));
    for (const { subject, rate, unit } of bars) {
      const width = Math.max(1, (rate / most) * (WIDTH - LABEL_WIDTH - VALUE_WIDTH - 2 * MARGIN));
      const x = MARGIN + LABEL_WIDTH;
      parts.push(
        `<rect x="${x}" y="${y}" width="${width.toFixed(1)}" height="${BAR_HEIGHT}" rx="2" fill="${colour(subject)}"><title>${subject}: ${Math.round(rate)} ${unit} a second</title></rect>`,
        text(x + width + 6, y + BAR_HEIGHT - 3, `${Math.round(rate).toLocaleString("en")} ${unit}`),
      );
      y += BAR_HEIGHT + BAR_GAP;
    }
    y += GROUP_GAP - BAR_GAP;
  }
  const height = y - GROUP_GAP + MARGIN;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="What each system does in a second, by workload" font-family="system-ui, sans-serif" font-size="12" fill="#1f2328">`,
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    ...legend([...new Set(summaries.map(({ subject }) => subject))]),
    ...parts,
    "</svg>",
    "",
  ].join("\n");
}

function legend(subjects: readonly string[]): string[] {
  const step = (WIDTH - 2 * MARGIN) / Math.max(1, subjects.length);
  return subjects.flatMap((subject, index) => {
    const x = MARGIN + index * step;
    return [
      `<rect x="${x}" y="${MARGIN}" width="12" height="12" rx="2" fill="${colour(subject)}"/>`,
      text(x + 18, MARGIN + 10, subject),
    ];
  });
}

function text(x: number, y: number, words: string): string {
  return `<text x="${x.toFixed(1)}" y="${y}">${words}</text>`;
}

function colour(subject: string): string {
  return COLOURS[subject] ?? OTHER_COLOUR;
}
