"""Names of people who do not exist."""

from random import Random

from xietong.areas.people.models import Person
from xietong.areas.people.rules.pinyin import spelling

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
FEMALE = "兰英芳娟敏静丽艳霞玲梅琳雪慧颖洁莉婷倩怡瑶璐雯嘉欣悦晴薇蓉琴"
MALE = "伟强磊军勇涛斌刚辉鹏宇浩峰波亮杰凯毅松林志建国文明德俊博远航"
MIDDLE = "晓小文玉春秋海明志建国子雨思若一佳婉俊立永家新云正光少红"
SINGLE = 0.22
WOMEN = 0.68


class Namer:
    """Gives one name after another, with the sex that it goes with."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng

    def name(self) -> tuple[str, str]:
        female = self.rng.random() < WOMEN
        given = self.rng.choice(FEMALE if female else MALE)
        middle = "" if self.rng.random() < SINGLE else self.rng.choice(MIDDLE)
        sex = Person.Sex.FEMALE if female else Person.Sex.MALE
        return f"{self.rng.choice(SURNAMES)}{middle}{given}", sex.value


def spelt(name: str) -> dict[str, str]:
    """The fields of a person by which he is sorted and found."""
    pinyin, initials = spelling(name)
    return {"name": name, "pinyin": pinyin, "initials": initials}
