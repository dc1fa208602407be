"""Makes the web fonts of this folder: Be Vietnam Pro from the full TTFs of @expo-google-fonts/be-vietnam-pro, and Geist Mono
from @fontsource/geist-mono (both SIL OFL 1.1).

    python3 app/fonts/make-fonts.py        needs fonttools and brotli; run from the root of the repository, both packages installed

Be Vietnam Pro is cut down to Latin with Vietnamese and the marks that the screens use. And it learns tabular figures
(tabular_figures.py): they hang on the `tnum` feature, which is what `font-variant-numeric: tabular-nums` asks for.

Geist Mono, for codes, is cut down to ASCII.
"""

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables import otTables
from tabular_figures import add_copies

SOURCE = "node_modules/@expo-google-fonts/be-vietnam-pro/{0}{1}/BeVietnamPro_{0}{1}.ttf"
WEIGHTS = {400: "Regular", 500: "Medium", 600: "SemiBold", 700: "Bold"}
MONO = "node_modules/@fontsource/geist-mono/files/geist-mono-latin-{0}-normal.woff2"
MONO_WEIGHTS = (400, 600)
UNICODES = (
    "U+0020-007E,U+00A0-0131,U+0150-0153,U+0160-0161,U+0168-0169,U+0178,U+017D-017E,U+01A0-01A1,U+01AF-01B0,"
    "U+0300-0304,U+0306,U+0309,U+031B,U+0323,U+03BC,U+0394,U+1EA0-1EF9,U+2010-2027,U+2030-203A,U+2070-2089,"
    "U+20AB,U+20AC,U+2212,U+2260,U+2264,U+2265"
)


def tabular_digits(font):
    """Adds a same-width copy of each digit and the feature that swaps them in."""
    names = add_copies(font, "tnum")
    glyf, order = font["glyf"], font.getGlyphOrder()
    glyf.setGlyphOrder(order) if hasattr(glyf, "setGlyphOrder") else None
    add_substitution(font["GSUB"].table, names)


def add_substitution(gsub, mapping):
    single = otTables.SingleSubst()
    single.mapping = mapping
    lookup = otTables.Lookup()
    lookup.LookupType, lookup.LookupFlag, lookup.SubTable, lookup.SubTableCount = 1, 0, [single], 1
    gsub.LookupList.Lookup.append(lookup)
    gsub.LookupList.LookupCount = len(gsub.LookupList.Lookup)
    record = otTables.FeatureRecord()
    record.FeatureTag, record.Feature = "tnum", otTables.Feature()
    record.Feature.FeatureParams = None
    record.Feature.LookupListIndex, record.Feature.LookupCount = [gsub.LookupList.LookupCount - 1], 1
    gsub.FeatureList.FeatureRecord.append(record)
    gsub.FeatureList.FeatureCount = len(gsub.FeatureList.FeatureRecord)
    index = gsub.FeatureList.FeatureCount - 1
    for script in gsub.ScriptList.ScriptRecord:
        systems = [script.Script.DefaultLangSys] + [r.LangSys for r in script.Script.LangSysRecord]
        for system in filter(None, systems):
            system.FeatureIndex.append(index)
            system.FeatureCount = len(system.FeatureIndex)


def cut(font, target, unicodes):
    options = subset.Options(layout_features=["*"], hinting=False, flavor="woff2", name_IDs=["*"])
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=subset.parse_unicodes(unicodes))
    cutter.subset(font)
    subset.save_font(font, target, options)
    print(target)


def main():
    for weight, style in WEIGHTS.items():
        font = TTFont(SOURCE.format(weight, style))
        tabular_digits(font)
        cut(font, f"app/fonts/be-vietnam-pro-{weight}.woff2", UNICODES)
    for weight in MONO_WEIGHTS:
        cut(TTFont(MONO.format(weight)), f"app/fonts/geist-mono-{weight}.woff2", "U+0020-007E,U+2026")


if __name__ == "__main__":
    main()
