"""Tabular figures for Be Vietnam Pro, on screens and on paper.

The family ships none: its "1" is little more than half as wide as its "4", so columns of money would never align. The ten digits
get copies of one common width. Two things keep these from tearing apart at the figure 1: the widest digits are a little narrower,
so that the common width is, and the 1 stands on a foot, as it does in typefaces made for tables.
"""

from copy import deepcopy

from fontTools.pens.ttGlyphPen import TTGlyphPen

SIDE = 32  # least white at either side of a tabular digit, in font units
WIDEST = 540  # no tabular digit's ink is wider
FOOT = 390  # width of the foot of the tabular 1
WIDTH = WIDEST + 2 * SIDE


def tabular_copies(font):
    """The copies, each under the name of the digit it stands for, in the middle of WIDTH."""
    cmap, glyf = font.getBestCmap(), font["glyf"]
    copies = {}
    for digit in "0123456789":
        name = cmap[ord(digit)]
        glyph = deepcopy(glyf[name])
        if glyph.isComposite():
            raise ValueError(f"{name} is composite")
        if glyph.xMax - glyph.xMin > WIDEST:
            glyph.coordinates.scale((WIDEST / (glyph.xMax - glyph.xMin), 1))
            glyph.coordinates.toInt()
            glyph.recalcBounds(glyf)
        if digit == "1":
            glyph = on_foot(font, glyph)
        glyph.coordinates.translate((round((WIDTH - (glyph.xMax - glyph.xMin)) / 2) - glyph.xMin, 0))
        glyph.recalcBounds(glyf)
        copies[name] = glyph
    return copies


def add_copies(font, suffix):
    """Adds the copies to a font and answers the name of each by the name of its digit."""
    glyf, metrics, order = font["glyf"], font["hmtx"], font.getGlyphOrder()
    names = {}
    for name, glyph in tabular_copies(font).items():
        names[name] = f"{name}.{suffix}"
        order.append(names[name])
        glyf.glyphs[names[name]] = glyph
        metrics[names[name]] = (WIDTH, glyph.xMin)
    font.setGlyphOrder(order)
    return names


def on_foot(font, one):
    """The 1 with a bar under its stem, as thick as the hyphen; the stem is what reaches the baseline."""
    glyf, hyphen = font["glyf"], font["glyf"][font.getBestCmap()[ord("-")]]
    thick = hyphen.yMax - hyphen.yMin
    at_base = [x for x, y in one.coordinates if y == 0]
    middle = (min(at_base) + max(at_base)) / 2
    left, right = round(middle - FOOT / 2), round(middle + FOOT / 2)
    pen = TTGlyphPen(None)
    one.draw(pen, glyf)
    for index, (x, y) in enumerate([(left, 0), (left, thick), (right, thick), (right, 0)]):
        pen.moveTo((x, y)) if index == 0 else pen.lineTo((x, y))
    pen.closePath()
    glyph = pen.glyph()
    glyph.recalcBounds(glyf)
    return glyph
