/** How bars are drawn: the parts of chart.js that bars need, and no others, and what is handed to them. */
import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  LinearScale,
  Tooltip,
  type ChartData,
  type ChartOptions,
} from 'chart.js'

import type { ChartColours } from './chart-colours'
import type { Bar } from './series'

Chart.register(BarController, BarElement, CategoryScale, LinearScale, Tooltip)
Chart.defaults.font.family = getComputedStyle(document.documentElement).fontFamily

/** @param values - the names of each bar's values. */
export function barData(
  bars: readonly Bar[],
  values: readonly string[],
  colours: ChartColours,
): ChartData<'bar', (number | null)[]> {
  return {
    labels: bars.map(({ label }) => label),
    datasets: values.map((label, place) => ({
      label,
      data: bars.map((bar) => bar.values[place] ?? null),
      backgroundColor: colours.values[place % 2] ?? colours.text,
      borderRadius: 4,
      maxBarThickness: 32,
    })),
  }
}

/**
 * @param isLying - whether the bars lie, which leaves room for long labels.
 * @param write - writes a value.
 */
export function barOptions(
  { text, lines }: ChartColours,
  isLying: boolean,
  write: (value: number) => string,
): ChartOptions<'bar'> {
  const labels = { ticks: { color: text }, grid: { display: false } }
  const figures = {
    beginAtZero: true,
    ticks: { color: text, precision: 0, callback: (value: number | string) => write(Number(value)) },
    grid: { color: lines },
  }
  return {
    indexAxis: isLying ? 'y' : 'x',
    maintainAspectRatio: false,
    animation: false,
    scales: isLying ? { y: labels, x: figures } : { x: labels, y: figures },
    plugins: { tooltip: { callbacks: { label: ({ raw }) => write(Number(raw)) } } },
  }
}
