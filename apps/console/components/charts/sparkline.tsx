import { scaleLinear } from "@visx/scale";
import { LinePath } from "@visx/shape";

interface SparklineProps {
  values: readonly number[];
  /** What it shows, in words. */
  label: string;
  width?: number;
  height?: number;
}

/** The run of something, without axes. */
export function Sparkline({ values, label, width = 96, height = 24 }: SparklineProps) {
  const xScale = scaleLinear<number>({ domain: [0, Math.max(1, values.length - 1)], range: [1, width - 1] });
  const yScale = scaleLinear<number>({ domain: [0, Math.max(1, ...values)], range: [height - 2, 2] });
  return (
    <svg role="img" aria-label={label} width={width} height={height} className="block shrink-0">
      <LinePath
        data={[...values]}
        x={(_value, index) => xScale(index)}
        y={(value) => yScale(value)}
        strokeWidth={1.5}
        strokeLinejoin="round"
        className="stroke-bar"
      />
    </svg>
  );
}
