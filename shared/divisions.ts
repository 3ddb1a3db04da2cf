/** A place of GB/T 2260 (NBS codes 2023, six digits). */
export interface Division {
  readonly code: string;
  readonly name: string;
}

/** A city of Guangxi with its counties. */
export interface City extends Division {
  readonly counties: readonly Division[];
}

/** The region itself. */
export const region: Division = { code: '450000', name: '广西壮族自治区' };

/** The 14 cities of Guangxi with their counties (National Bureau of Statistics, 2023). */
export const cities: readonly City[] = [
  { code: '450100', name: '南宁市', counties: [
    { code: '450102', name: '兴宁区' },
    { code: '450103', name: '青秀区' },
    { code: '450105', name: '江南区' },
    { code: '450107', name: '西乡塘区' },
    { code: '450108', name: '良庆区' },
    { code: '450109', name: '邕宁区' },
    { code: '450110', name: '武鸣区' },
    { code: '450123', name: '隆安县' },
    { code: '450124', name: '马山县' },
    { code: '450125', name: '上林县' },
    { code: '450126', name: '宾阳县' },
    { code: '450181', name: '横州市' },
  ] },
  { code: '450200', name: '柳州市', counties: [
    { code: '450202', name: '城中区' },
    { code: '450203', name: '鱼峰区' },
    { code: '450204', name: '柳南区' },
    { code: '450205', name: '柳北区' },
    { code: '450206', name: '柳江区' },
    { code: '450222', name: '柳城县' },
    { code: '450223', name: '鹿寨县' },
    { code: '450224', name: '融安县' },
    { code: '450225', name: '融水苗族自治县' },
    { code: '450226', name: '三江侗族自治县' },
  ] },
  { code: '450300', name: '桂林市', counties: [
    { code: '450302', name: '秀峰区' },
    { code: '450303', name: '叠彩区' },
    { code: '450304', name: '象山区' },
    { code: '450305', name: '七星区' },
    { code: '450311', name: '雁山区' },
    { code: '450312', name: '临桂区' },
    { code: '450321', name: '阳朔县' },
    { code: '450323', name: '灵川县' },
    { code: '450324', name: '全州县' },
    { code: '450325', name: '兴安县' },
    { code: '450326', name: '永福县' },
    { code: '450327', name: '灌阳县' },
    { code: '450328', name: '龙胜各族自治县' },
    { code: '450329', name: '资源县' },
    { code: '450330', name: '平乐县' },
    { code: '450332', name: '恭城瑶族自治县' },
    { code: '450381', name: '荔浦市' },
  ] },
  { code: '450400', name: '梧州市', counties: [
    { code: '450403', name: '万秀区' },
    { code: '450405', name: '长洲区' },
    { code: '450406', name: '龙圩区' },
    { code: '450421', name: '苍梧县' },
    { code: '450422', name: '藤县' },
    { code: '450423', name: '蒙山县' },
    { code: '450481', name: '岑溪市' },
  ] },
  { code: '450500', name: '北海市', counties: [
    { code: '450502', name: '海城区' },
    { code: '450503', name: '银海区' },
    { code: '450512', name: '铁山港区' },
    { code: '450521', name: '合浦县' },
  ] },
  { code: '450600', name: '防城港市', counties: [
    { code: '450602', name: '港口区' },
    { code: '450603', name: '防城区' },
    { code: '450621', name: '上思县' },
    { code: '450681', name: '东兴市' },
  ] },
  { code: '450700', name: '钦州市', counties: [
    { code: '450702', name: '钦南区' },
    { code: '450703', name: '钦北区' },
    { code: '450721', name: '灵山县' },
    { code: '450722', name: '浦北县' },
  ] },
  { code: '450800', name: '贵港市', counties: [
    { code: '450802', name: '港北区' },
    { code: '450803', name: '港南区' },
    { code: '450804', name: '覃塘区' },
    { code: '450821', name: '平南县' },
    { code: '450881', name: '桂平市' },
  ] },
  { code: '450900', name: '玉林市', counties: [
    { code: '450902', name: '玉州区' },
    { code: '450903', name: '福绵区' },
    { code: '450921', name: '容县' },
    { code: '450922', name: '陆川县' },
    { code: '450923', name: '博白县' },
    { code: '450924', name: '兴业县' },
    { code: '450981', name: '北流市' },
  ] },
  { code: '451000', name: '百色市', counties: [
    { code: '451002', name: '右江区' },
    { code: '451003', name: '田阳区' },
    { code: '451022', name: '田东县' },
    { code: '451024', name: '德保县' },
    { code: '451026', name: '那坡县' },
    { code: '451027', name: '凌云县' },
    { code: '451028', name: '乐业县' },
    { code: '451029', name: '田林县' },
    { code: '451030', name: '西林县' },
    { code: '451031', name: '隆林各族自治县' },
    { code: '451081', name: '靖西市' },
    { code: '451082', name: '平果市' },
  ] },
  { code: '451100', name: '贺州市', counties: [
    { code: '451102', name: '八步区' },
    { code: '451103', name: '平桂区' },
    { code: '451121', name: '昭平县' },
    { code: '451122', name: '钟山县' },
    { code: '451123', name: '富川瑶族自治县' },
  ] },
  { code: '451200', name: '河池市', counties: [
    { code: '451202', name: '金城江区' },
    { code: '451203', name: '宜州区' },
    { code: '451221', name: '南丹县' },
    { code: '451222', name: '天峨县' },
    { code: '451223', name: '凤山县' },
    { code: '451224', name: '东兰县' },
    { code: '451225', name: '罗城仫佬族自治县' },
    { code: '451226', name: '环江毛南族自治县' },
    { code: '451227', name: '巴马瑶族自治县' },
    { code: '451228', name: '都安瑶族自治县' },
    { code: '451229', name: '大化瑶族自治县' },
  ] },
  { code: '451300', name: '来宾市', counties: [
    { code: '451302', name: '兴宾区' },
    { code: '451321', name: '忻城县' },
    { code: '451322', name: '象州县' },
    { code: '451323', name: '武宣县' },
    { code: '451324', name: '金秀瑶族自治县' },
    { code: '451381', name: '合山市' },
  ] },
  { code: '451400', name: '崇左市', counties: [
    { code: '451402', name: '江州区' },
    { code: '451421', name: '扶绥县' },
    { code: '451422', name: '宁明县' },
    { code: '451423', name: '龙州县' },
    { code: '451424', name: '大新县' },
    { code: '451425', name: '天等县' },
    { code: '451481', name: '凭祥市' },
  ] },
];

const names = new Map([region, ...cities, ...cities.flatMap((city) => city.counties)].map((place) => [place.code, place.name]));

/** The name of a division code of Guangxi; undefined when the code is not one. */
export function divisionName(code: string): string | undefined {
  return names.get(code);
}

/** The code of the city that a division belongs to (its first four digits); the region itself belongs to none. */
export function cityOf(code: string): string | undefined {
  return code === region.code ? undefined : `${code.slice(0, 4)}00`;
}
