// Draws the sample charts of the preview with the project's own chart code and prints them, each
// after a line that names it. `preview.py` compiles this together with Sources/Web/Charts.

func emit(_ name: String, _ markup: String) {
  print("@@@ \(name)")
  print(markup)
}

let lightWords: [BarChart.Light: String] = [
  .green: "mencapai target", .yellow: "mendekati target", .red: "jauh dari target",
  .none: "tanpa target",
]

emit(
  "bars",
  BarChart(
    id: "ds", title: "D/S per desa, Juni 2025",
    bars: barSamples.map { sample in
      let light = BarChart.light(value: sample.1, target: 80, higherIsBetter: true)
      return BarChart.Bar(
        label: sample.0, value: sample.1, valueText: sample.2, fraction: sample.3, link: sample.4,
        light: light, lightText: lightWords[light] ?? "")
    },
    target: ChartTick(value: 80, label: "Target 80 %"), maximum: 100
  ).html())

emit(
  "trend",
  TrendChart(
    id: "trend-ds", title: "D/S dari bulan ke bulan, Puskesmas Contoh Raya",
    description: "Dari 71,2 % pada Juli 2024. Tidak ada data September 2024.",
    months: trendSamples.map {
      TrendChart.Month(label: $0.0, title: $0.1, value: $0.2, valueText: $0.3)
    },
    target: ChartTick(value: 80, label: "Target 80 %"),
    ticks: ChartRange.roundSteps(upTo: 100).map { ChartTick(value: $0, label: "\(Int($0)) %") }
  ).svg())

let axisNames = [
  "wei": "Berat (kg)", "len": "Panjang/tinggi (cm)", "wfl": "Berat (kg)", "bmi": "IMT (kg/m²)",
  "hc": "Lingkar kepala (cm)", "ac": "LiLA (cm)",
]

for (name, samples) in curveSamples {
  let curves = samples.enumerated().map { index, points in
    GrowthChart.Curve(z: index - 3, points: points.map { .init(x: $0.0, y: $0.1) })
  }
  let isByLength = name == "wfl"
  let xRange = isByLength ? ChartRange(lower: 45, upper: 95) : ChartRange(lower: 0, upper: 24)
  let yRange = GrowthChart.range(of: curves, within: xRange)
  let xValues = stride(from: isByLength ? 50.0 : 0, through: xRange.upper, by: isByLength ? 10 : 3)
  let step = (yRange.upper - yRange.lower) > 30 ? 10.0 : 2
  let yValues = stride(from: 0.0, through: yRange.upper, by: step)
  let chart = GrowthChart(
    id: "growth-\(name)", title: "Grafik pertumbuhan \(name)",
    description: "Pengukuran terakhir \(pointSamples[name]?.last?.3 ?? "")",
    axisLabels: (x: isByLength ? "Panjang (cm)" : "Umur (bulan)", y: axisNames[name] ?? ""),
    xRange: xRange, yRange: yRange,
    xTicks: xValues.map { ChartTick(value: $0, label: "\(Int($0))") },
    yTicks: yValues.map { ChartTick(value: $0, label: "\(Int($0))") },
    curves: curves,
    points: (pointSamples[name] ?? []).map {
      GrowthChart.Point(
        position: .init(x: $0.0, y: $0.1), label: $0.2, title: $0.3, isDoubtful: false)
    })
  emit("growth-\(name)", chart.svg())
}
